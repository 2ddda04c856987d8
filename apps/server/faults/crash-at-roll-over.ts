import { setTimeout as delay } from 'node:timers/promises'
import {
  createCustomerAgent,
  createHistory,
  type Cut,
  type Customer,
  faultRuns,
  faultSeed,
  qrCodeIntent,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Testbed, startTestbed } from './testbed.ts'
import type { CrashTable } from './crash-table.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'
import { signInGuests } from './sign-in-guests.ts'

const GUESTS = 4
const A_PERIOD_AND_A_DAY_MS = 32 * 86_400_000
const MOMENTS = ['before', 'middle', 'acknowledgement'] as const satisfies Cut['at'][]
/** The first write of a roll-over. */
const ROLL_OVER = /^update "subscription" set .*"period_index" = \$/su
/** The approximate number of statements of a roll-over; the kill hits one of them. */
const STATEMENTS = 12
const DEATH_MS_MAX = 60_000
const PAUSE_MS = 500

/** Kills the billing backend while it starts the next period of all customers. */
export function crashAtRollOver(table: CrashTable): void {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const runs = faultRuns(3)
  const row = table.row('CP22', 'in the middle of a roll-over')
  let testbed: Testbed
  let member: Member

  beforeAll(async () => {
    testbed = await startTestbed(random)
    member = await testbed.startMember()
  })
  afterAll(() => testbed.stop())

  it(`grants every period's credits exactly once, ${runs} times (CP22)`, async () => {
    const report = createRunReport('crash at roll-over', seed)
    const agent = createCustomerAgent()
    const { backend, billing } = testbed
    const server = member.process.url
    const history = createHistory()
    const guests = await signInGuests({ count: GUESTS, servers: [server], agent, history, random })
    for (const guest of guests) await guest.call(server, qrCodeIntent(random.key()))
    for (let run = 1; run <= runs; run++) {
      await backend.process.kill()
      await billing.query({
        text: 'update clock set offset_ms = offset_ms + $1',
        values: [A_PERIOD_AND_A_DAY_MS],
      })
      const at = MOMENTS[random.below(MOMENTS.length)] ?? 'before'
      const last = 1 + random.below(STATEMENTS)
      let seen = 0
      backend.postgres.decide(({ text }) => {
        if (seen === 0 && !ROLL_OVER.test(text)) return null
        seen += 1
        const strike = () => backend.process.strike()
        return seen === last ? { at, strike } : null
      })
      await backend.restart({ wait: false })
      const begun = performance.now()
      while (backend.process.isAlive() && performance.now() - begun < DEATH_MS_MAX) {
        await lookAtAll(guests, server)
        await delay(PAUSE_MS)
      }
      const signal = await Promise.race([backend.process.ended, delay(0, null)])
      if (signal === 'SIGKILL') row.kills += 1
      backend.postgres.decide(() => null)
      if (!backend.process.isAlive()) await backend.restart()
      await lookAtAll(guests, server)
      report.figure(`run ${run}`, `${signal ?? 'lived'} at statement ${last} (${at})`)
      for (const { offender } of await billing.query<{ offender: string }>({
        text: WRONG_GRANTS,
      })) {
        report.violation({ invariant: 'F41', detail: `run ${run}: ${offender}` })
      }
    }
    report.figure('kills', row.kills)
    agent.destroy()
    expect(report.violations()).toEqual([])
    expect(row.kills).toBeGreaterThan(0)
  })
}

/** Reading customers brings them up to date; the responses do not matter here. */
async function lookAtAll(guests: readonly Customer[], server: string): Promise<void> {
  for (const guest of guests) await guest.call(server, REFRESH).catch(() => undefined)
}

const REFRESH = {
  key: 'not-a-billed-call',
  procedure: 'billing.refresh',
  input: undefined,
  meter: 'none',
  cost: null,
}

/** Finds plan credits that are not open exactly once, and balances that differ from the sum of what is open. */
const WRONG_GRANTS = `
  select concat_ws(' ', s.id, m.slug, count(g.id), 'open plan grants') as offender
  from subscription s
  join usage_meter m on m.organization_id = s.organization_id
  left join credit_grant g on (g.organization_id, g.subscription_id, g.usage_meter_id, g.source)
    = (s.organization_id, s.id, m.id, 'plan') and g.closed_at is null
  group by s.id, m.slug having count(g.id) <> 1
  union all
  select concat_ws(' ', b.subscription_id, b.usage_meter_id, 'balance', b.balance, 'grants', coalesce(sum(g.remaining), 0))
  from meter_balance b
  left join credit_grant g on (g.organization_id, g.subscription_id, g.usage_meter_id)
    = (b.organization_id, b.subscription_id, b.usage_meter_id) and g.closed_at is null
  group by b.subscription_id, b.usage_meter_id, b.balance having b.balance <> coalesce(sum(g.remaining), 0)`
