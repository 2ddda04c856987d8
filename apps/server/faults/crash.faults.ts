import {
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkBooks, HOLDS_FREE_MS_MAX } from './check-books.ts'
import { type Constellation, startConstellation } from './constellation.ts'
import type { Member } from './member.ts'
import { CRASH_CASES } from './crash-cases.ts'
import { type CrashCase, type CrashScene, playCrash } from './crash-scene.ts'
import { createRunReport } from './run-report.ts'
import { percentile } from './say.ts'
import { untilNoRows } from './settle-down.ts'

describe('a server that is killed', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const runs = faultRuns(3)
  let constellation: Constellation
  let survivor: Member
  let victim: Member

  beforeAll(async () => {
    constellation = await startConstellation(random)
    survivor = await constellation.startMember()
    victim = await constellation.startMember()
    await victim.process.kill()
  })
  afterAll(() => constellation.stop())

  it(`leaves nothing wrong behind at any of ${CRASH_CASES.length} moments, ${runs} times each`, async () => {
    const report = createRunReport('crash', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const freed: number[] = []
    const answered: number[] = []
    const endings: Promise<void>[] = []
    let kills = 0
    for (const crash of CRASH_CASES) {
      for (let run = 0; run < runs; run++) {
        const stage = { constellation, victim, survivor, agent, random, history }
        const { scene, diedAt } = await playCrash(crash, stage)
        if (diedAt === null) {
          report.violation({ invariant: 'harness', detail: `${crash.label}: nobody died` })
          continue
        }
        kills += 1
        // Every second guest goes on at once, the others only when the dead server's hold is free.
        endings.push(run % 2 === 0 ? goOn(crash, scene, diedAt) : waitAndGoOn(crash, scene, diedAt))
      }
      report.figure(crash.label, `${crash.what}: killed ${runs} times`)
    }
    await Promise.all(endings)
    report.figure('kills', kills)
    report.figure(
      'hold free after, ms',
      `p50 ${percentile(freed, 0.5)}, most ${Math.max(...freed)}`,
    )
    report.figure(
      'definitive answer after, ms',
      `p50 ${percentile(answered, 0.5)}, most ${Math.max(...answered)}`,
    )
    await checkBooks(constellation, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
    expect(kills).toBe(runs * CRASH_CASES.length)

    async function waitAndGoOn(crash: CrashCase, scene: CrashScene, diedAt: number): Promise<void> {
      const values = [scene.guest.customerId]
      await untilNoRows(constellation.tollgate, HELD_BY, {
        values,
        withinMs: 2 * HOLDS_FREE_MS_MAX,
      })
      const after = Date.now() - diedAt
      freed.push(after)
      if (after > HOLDS_FREE_MS_MAX) {
        report.violation({
          invariant: 'I20',
          detail: `${crash.label}: hold free after ${after} ms`,
        })
      }
      await goOn(crash, scene, diedAt)
    }

    async function goOn(crash: CrashCase, scene: CrashScene, diedAt: number): Promise<void> {
      const answer = await scene.guest.callUntilKnown(() => [survivor.process.url], scene.intent)
      answered.push(Date.now() - diedAt)
      const ending = answer.kind === 'success' ? 'success' : answer.status
      if (!(crash.ends ?? ['success']).some((allowed) => allowed === ending)) {
        report.violation({
          invariant: 'I20',
          detail: `${crash.label}: ended with ${JSON.stringify(answer)}`,
        })
      }
    }
  })
})

const HELD_BY = `
  select 1 from metering.operation where customer_id = $1 and state = 'executing'
  union all select 1 from metering.account where customer_id = $1 and held <> 0 limit 1`
