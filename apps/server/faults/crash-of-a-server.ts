import {
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkLedger, HOLDS_FREE_MS_MAX } from './check-ledger.ts'
import { type Testbed, startTestbed } from './testbed.ts'
import { CRASH_CASES } from './crash-cases.ts'
import { type CrashCase, type CrashScene, playCrash } from './crash-scene.ts'
import type { CrashRow, CrashTable } from './crash-table.ts'
import type { Member } from './member.ts'
import { createRunReport, type RunReport } from './run-report.ts'
import { percentile } from './say.ts'
import { untilNoRows } from './until-no-rows.ts'
import { WEBHOOK_CRASH_CASES } from './webhook-crash-cases.ts'

const CASES = [...CRASH_CASES, ...WEBHOOK_CRASH_CASES]

/** Kills one of two servers at every point during and after a call, and lets the client retry at the other. */
export function crashOfAServer(table: CrashTable): void {
  const seed = faultSeed()
  const random = seededRandom(seed)
  // Once for a guest that retries at once, and once for one that waits until the hold has expired.
  const runs = faultRuns(2)
  let testbed: Testbed
  let survivor: Member
  let victim: Member

  beforeAll(async () => {
    testbed = await startTestbed(random)
    survivor = await testbed.startMember()
    victim = await testbed.startMember()
    await victim.process.kill()
  })
  afterAll(() => testbed.stop())

  it(`leaves nothing wrong behind at any of ${CASES.length} moments, ${runs} times each`, async () => {
    const report = createRunReport('crash', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const endings: Promise<void>[] = []
    const rows: CrashRow[] = []
    for (const crash of CASES) {
      const row = table.row(crash.label, crash.what)
      rows.push(row)
      for (let run = 0; run < runs; run++) {
        const stage = { testbed, victim, survivor, agent, random, history }
        const { scene, diedAt } = await playCrash(crash, stage)
        if (diedAt === null) {
          report.violation({ invariant: 'harness', detail: `${crash.label}: no process died` })
          continue
        }
        row.kills += 1
        const wrong = await crash.proof?.(scene)
        if (wrong) report.violation({ invariant: 'I20', detail: `${crash.label}: ${wrong}` })
        // Every second guest retries at once, the others only when the dead server's hold has expired.
        const ended: Ended = { crash, scene, diedAt, row, report }
        endings.push(run % 2 === 0 ? goOn(ended) : waitAndGoOn(ended))
      }
      report.figure(crash.label, `${crash.what}: killed ${row.kills} times`)
    }
    await Promise.all(endings)
    const freed = rows.flatMap(({ freedMs }) => freedMs)
    const recovered = rows.flatMap(({ recoveredMs }) => recoveredMs)
    report.figure(
      'kills',
      rows.reduce((sum, { kills }) => sum + kills, 0),
    )
    report.figure('hold free after, ms', spread(freed))
    report.figure('definitive answer after, ms', spread(recovered))
    await checkLedger(testbed, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
    expect(rows.map(({ kills }) => kills)).toEqual(CASES.map(() => runs))
  })
}

type Ended = {
  crash: CrashCase
  scene: CrashScene
  diedAt: number
  row: CrashRow
  report: RunReport
}

async function waitAndGoOn(ended: Ended): Promise<void> {
  const { crash, scene, diedAt, row, report } = ended
  const values = [scene.guest.customerId]
  await untilNoRows(scene.testbed.tollgate, HELD_BY, {
    values,
    withinMs: 2 * HOLDS_FREE_MS_MAX,
  })
  const after = Date.now() - diedAt
  row.freedMs.push(after)
  if (after > HOLDS_FREE_MS_MAX) {
    report.violation({ invariant: 'I20', detail: `${crash.label}: hold free after ${after} ms` })
  }
  await goOn(ended)
}

async function goOn({ crash, scene, diedAt, row, report }: Ended): Promise<void> {
  const { guest, survivor, intent } = scene
  const answer = await guest.callUntilKnown(() => [survivor.process.url], intent)
  row.recoveredMs.push(Date.now() - diedAt)
  const ending = answer.kind === 'success' ? 'success' : answer.status
  if ((crash.ends ?? ['success']).some((allowed) => allowed === ending)) return
  report.violation({
    invariant: 'I20',
    detail: `${crash.label}: ended with ${JSON.stringify(answer)}`,
  })
}

function spread(values: readonly number[]): string {
  return `p50 ${percentile(values, 0.5)}, most ${percentile(values, 1)}`
}

const HELD_BY = `
  select 1 from metering.operation where customer_id = $1 and state = 'executing'
  union all select 1 from metering.account where customer_id = $1 and held <> 0 limit 1`
