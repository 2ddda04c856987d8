import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { catalog } from '@tollgate/contract/catalog'
import { type Database, hotPathSettings, openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { faultRuns } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from '../src/create-metering.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { kindOf } from '../src/fixtures/kind-of.ts'
import type { Metering } from '../src/metering.ts'
import { METERING_MIGRATIONS } from '../src/migrations.ts'
import { checkInvariants } from '../src/verify/check-invariants.ts'
import {
  callLimited,
  CHILDREN,
  childOf,
  LIMITED_POLICY,
  METER,
  PAYER,
  ROOT,
  WELCOME,
} from './limited-call.ts'

const PROCESS = fileURLToPath(new URL('limited-process.ts', import.meta.url))
const KILLS = 4
const CHILD_MAX = 400

describe('processes that are killed in the middle of limited calls', () => {
  const kills = faultRuns(1) * KILLS
  let url: string
  let database: Database
  let drop: () => Promise<void>
  let metering: Metering
  beforeAll(async () => {
    const created = await createTestDatabase({
      template: 'metering',
      migrations: METERING_MIGRATIONS,
      settings: { ...hotPathSettings },
    })
    ;({ url, drop } = created)
    database = openDatabase({ url, maxConnections: 4, settings: { ...hotPathSettings } })
    metering = createMetering({
      database,
      backend: createFakeBackend({ welcome: WELCOME }),
      catalog,
      secret: 'a secret of at least thirty-two characters',
      policy: LIMITED_POLICY,
    })
    await metering.sync(PAYER)
  })
  afterAll(async () => {
    await metering.stop()
    await database.close()
    await drop()
  })

  it(
    'leave every limit to be spent to its last credit, and not one more',
    { timeout: 120_000 },
    async () => {
      let amount = 300
      const limit = { customer: PAYER, meter: METER, period: null } as const
      for (let n = 0; n < CHILDREN; n += 1) {
        await metering.limits.set({ ...limit, subject: childOf(n), amount: CHILD_MAX })
      }
      await metering.limits.set({ ...limit, subject: ROOT, amount })
      for (let kill = 0; kill < kills; kill += 1) {
        const two = [start(url), start(url)]
        await Promise.all(two.map(isStarted))
        await delay(100 + Math.random() * 300)
        amount += 200
        await metering.limits.set({ ...limit, subject: ROOT, amount })
        await delay(100 + Math.random() * 300)
        for (const one of two) one.kill('SIGKILL')
        await Promise.all(two.map((one) => once(one, 'exit')))
        expect(await spentAndHeld()).toBeLessThanOrEqual(amount)
        await delay(LIMITED_POLICY.leaseMs + LIMITED_POLICY.graceMs + 100)
        while ((await metering.sweep()) > 0);
        const [root] = await metering.limits.list({ customerId: PAYER.customerId, subject: ROOT })
        // Nothing is held any more, so whatever was not charged is left.
        expect(root?.left).toBe(amount - (root?.spent ?? 0))
      }
      while ((await kindOf(callLimited(metering, 0))) !== 'limit');
      await spendRest(metering)
      expect(await spentAndHeld()).toBe(amount)
      expect(await checkInvariants(database)).toEqual([])
    },
  )

  /** The root's charges, summed from its operations. */
  async function spentAndHeld(): Promise<number> {
    const [row] = await database.query<{ credits: number }>({
      text: `select sum(case when state = 'executing' then held else coalesce(charged, 0) end)::integer as credits
        from metering.operation where 'run:root' = any (string_to_array(subjects, ' '))`,
    })
    return row?.credits ?? 0
  }
})

/** Calls until every child is refused even one credit. */
async function spendRest(metering: Metering): Promise<void> {
  for (let n = 0, refused = 0; refused < 4 * CHILDREN; n += 1) {
    const outcome = await kindOf(callLimited(metering, n))
    refused = outcome === 'limit' ? refused + 1 : 0
  }
}

function start(url: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', PROCESS, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function isStarted(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data')
}
