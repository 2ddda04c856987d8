import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ALERT_THRESHOLDS } from '@tollgate/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAlertStage } from '../../fixtures/alert-stage.ts'

const PROGRAM = fileURLToPath(new URL('../../fixtures/alert-process.ts', import.meta.url))
const CUSTOMERS = 12
const PERIODS = 3
/** Of 5000 tokens; each reaches the next threshold. */
const STEPS = [2500, 1500, 750, 250]

let stage: Awaited<ReturnType<typeof openAlertStage>>
beforeAll(async () => {
  stage = await openAlertStage()
})
afterAll(() => stage.drop())

it('raises each alert exactly once, in four processes of which two keep being killed', async () => {
  const processes = startProcesses(stage.url)
  try {
    const customers = await Promise.all(
      Array.from({ length: CUSTOMERS }, () =>
        stage.customer({ thresholds: [...ALERT_THRESHOLDS] }),
      ),
    )
    for (let step = 0; step < PERIODS * STEPS.length; step += 1) {
      if (step > 0 && step % STEPS.length === 0) await stage.renew()
      const amount = STEPS[step % STEPS.length] ?? 0
      await Promise.all(customers.map((customer) => stage.use(customer, 'ai_tokens', amount)))
      await expect
        .poll(
          async () => {
            await stage.expireClaims()
            return countRaised()
          },
          { timeout: 30_000, interval: 300 },
        )
        .toBe(CUSTOMERS * (step + 1))
    }
    for (const customer of customers) {
      expect(await stage.thresholds(customer)).toEqual(
        Array.from({ length: PERIODS }, () => ALERT_THRESHOLDS).flat(),
      )
    }
    expect(processes.deaths()).toBeGreaterThan(1)
  } finally {
    await processes.stop()
  }
}, 180_000)

async function countRaised(): Promise<number> {
  const [row] = await stage.database.query<{ count: number }>({
    text: 'select count(*)::integer as count from alert where is_announced',
  })
  return row?.count ?? 0
}

/** Two that live, and two that die at a bad moment and are started again each time. */
function startProcesses(url: string) {
  const ends: Promise<void>[] = []
  const stopping = new AbortController()
  let deaths = 0
  function start(dies: 'never' | 'claimed' | 'recorded'): void {
    const child = fork(PROGRAM, [url, dies], { execArgv: ['--import', 'tsx'], stdio: 'inherit' })
    const stop = () => child.disconnect()
    stopping.signal.addEventListener('abort', stop, { once: true })
    ends.push(
      new Promise((resolve) => {
        child.once('exit', (_code, signal) => {
          stopping.signal.removeEventListener('abort', stop)
          if (signal === 'SIGKILL') deaths += 1
          if (!stopping.signal.aborted) start(dies)
          resolve()
        })
      }),
    )
  }
  for (const dies of ['never', 'never', 'claimed', 'recorded'] as const) start(dies)
  return {
    deaths: () => deaths,
    async stop() {
      stopping.abort()
      await Promise.all(ends)
    },
  }
}
