import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ALERT_THRESHOLDS, type BillingCustomer } from '@tollgate/contract'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAlertStage } from '../../fixtures/alert-stage.ts'
import { startSmtpServer } from '../../fixtures/start-smtp-server.ts'
import { startWebhookReceiver } from '../../fixtures/start-webhook-receiver.ts'

const PROGRAM = fileURLToPath(new URL('../../fixtures/alert-process.ts', import.meta.url))
const CUSTOMERS = 12
const PERIODS = 3
/** Out of 5000 tokens; each step reaches the next threshold. */
const STEPS = [2500, 1500, 750, 250]
/** One round was in progress when a process died; another may have ended without its message arriving. */
const ROUNDS = 2

let folder: string
let program: string
let smtp: Awaited<ReturnType<typeof startSmtpServer>>
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let stage: Awaited<ReturnType<typeof openAlertStage>>
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-alerts-'))
  program = await bundleProgram()
  smtp = await startSmtpServer()
  receiver = await startWebhookReceiver()
  stage = await openAlertStage({ smtpUrl: smtp.url })
})
afterAll(async () => {
  await stage.drop()
  await Promise.all([smtp.stop(), receiver.stop()])
  await rm(folder, { recursive: true, force: true })
})

it('raises each alert once and sends it through each channel, in four processes of which three keep being killed', async () => {
  const processes = startProcesses(stage.url)
  try {
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, newReader))
    for (let step = 0; step < PERIODS * STEPS.length; step += 1) {
      if (step > 0 && step % STEPS.length === 0) await stage.renew()
      const amount = STEPS[step % STEPS.length] ?? 0
      await Promise.all(customers.map((customer) => stage.use(customer, 'ai_tokens', amount)))
      const expected = CUSTOMERS * (step + 1)
      await expect
        .poll(() => counts(processes), { timeout: 60_000, interval: 300 })
        .toEqual({ raised: expected, mailed: expected, posted: expected })
    }
    for (const customer of customers) {
      expect(await stage.thresholds(customer)).toEqual(
        Array.from({ length: PERIODS }, () => ALERT_THRESHOLDS).flat(),
      )
    }
    expect(processes.failures).toEqual([])
    const total = CUSTOMERS * PERIODS * STEPS.length
    expect(processes.deaths('claimed')).toBeGreaterThan(0)
    expect(processes.deaths('recorded')).toBeGreaterThan(0)
    // A process that died before it recorded a delivery causes one to be repeated, under the same id: at most a batch per death.
    expect(smtp.mails.length - total).toBeLessThanOrEqual(10 * processes.deaths('sent'))
    expect(receiver.forged()).toBe(0)
  } finally {
    await processes.stop()
  }
}, 240_000)

/** Processes die and start dozens of times: one bundled file starts far faster than the sources. */
async function bundleProgram(): Promise<string> {
  const outfile = path.join(folder, 'alert-process.mjs')
  await build({
    entryPoints: [PROGRAM],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    // CommonJS packages inside an ES module need `require`.
    banner: {
      js: `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);`,
    },
    logLevel: 'warning',
  })
  return outfile
}

/** A customer who wants every alert, by e-mail and by webhook. */
async function newReader(): Promise<BillingCustomer> {
  const customer = await stage.customer({ thresholds: [...ALERT_THRESHOLDS] })
  const { customerId } = customer
  await stage.service.setPreferences(customerId, { webhookUrl: `${receiver.url}/${customerId}` })
  const { webhookSecret } = await stage.service.preferences(customerId)
  receiver.expect(`/${customerId}`, webhookSecret ?? '')
  return customer
}

/** How many alerts were raised, and how many distinct ones arrived. */
async function counts(processes: { diedAt(): number | null }) {
  await stage.expireClaims()
  const diedAt = processes.diedAt()
  if (diedAt !== null) await stage.expireDeliveries(Date.now() - diedAt)
  const [row] = await stage.database.query<{ raised: number }>({
    text: 'select count(*)::integer as raised from alert where is_announced',
  })
  return {
    raised: row?.raised ?? 0,
    mailed: new Set(smtp.mails.map(({ messageId }) => messageId)).size,
    posted: new Set(receiver.received.map(({ id }) => id)).size,
  }
}

type Moment = 'never' | 'claimed' | 'recorded' | 'sent'

/** One process that survives, and three that die at a critical point and are restarted each time. */
function startProcesses(url: string) {
  const ends: Promise<void>[] = []
  const stopping = new AbortController()
  const deaths: Moment[] = []
  const failures: string[] = []
  const deathWatch = createDeathWatch()
  function start(dies: Moment): void {
    const child = fork(program, [url, smtp.url, dies], { execArgv: [], stdio: 'inherit' })
    deathWatch.add(child)
    const stop = () => child.disconnect()
    stopping.signal.addEventListener('abort', stop, { once: true })
    ends.push(
      new Promise((resolve) => {
        child.once('exit', (code, signal) => {
          stopping.signal.removeEventListener('abort', stop)
          if (signal === 'SIGKILL') deaths.push(dies)
          else if (!stopping.signal.aborted) failures.push(`${dies}: exit code ${code}`)
          if (!stopping.signal.aborted && failures.length === 0) start(dies)
          resolve()
        })
      }),
    )
  }
  for (const dies of ['never', 'claimed', 'recorded', 'sent'] as const) start(dies)
  return {
    /** Processes that ended in another way than by the intended kill. */
    failures,
    diedAt: deathWatch.diedAt,
    deaths: (moment: Moment) => deaths.filter((death) => death === moment).length,
    async stop() {
      stopping.abort()
      await Promise.all(ends)
    },
  }
}

/** Reports the time of each death once, as soon as the processes alive at that time have finished what they had claimed. */
function createDeathWatch() {
  /** The number of rounds each living process has finished. */
  const living = new Map<ChildProcess, number>()
  let last = 0
  let said = 0
  let awaited: { at: number; until: Map<ChildProcess, number> } | null = null
  return {
    add(child: ChildProcess): void {
      living.set(child, 0)
      child.on('message', (round) => {
        // A failed round may leave claims behind, as a death does.
        if (round === 'failed') last = Date.now()
        else if (living.has(child)) living.set(child, (living.get(child) ?? 0) + 1)
      })
      child.once('exit', () => {
        living.delete(child)
        last = Date.now()
      })
    },
    diedAt(): number | null {
      if (awaited === null && last > said) {
        const until = [...living].map(([child, rounds]) => [child, rounds + ROUNDS] as const)
        awaited = { at: last, until: new Map(until) }
      }
      const isBusy = ([child, rounds]: [ChildProcess, number]) =>
        (living.get(child) ?? rounds) < rounds
      if (awaited === null || [...awaited.until].some(isBusy)) return null
      said = awaited.at
      awaited = null
      return said
    },
  }
}
