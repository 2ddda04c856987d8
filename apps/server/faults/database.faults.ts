import { setTimeout as delay } from 'node:timers/promises'
import {
  createCustomerAgent,
  createHistory,
  type Cut,
  faultRuns,
  faultSeed,
  type History,
  qrCodeIntent,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkLedger } from './check-ledger.ts'
import { type Testbed, startTestbed } from './testbed.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'
import { percentile } from './say.ts'
import { signInGuests } from './sign-in-guests.ts'
import { startSteadyLoad } from './steady-load.ts'

const CALLS_PER_SECOND = 12
/** The Free plan's grant of `api_calls`. */
const CALLS_PER_GUEST = 100
const RECOVERS_MS_MAX = 10_000

describe('a database that fails', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const restarts = faultRuns(20)
  const cuts = restarts * 10
  // The history of every guest of this testbed: the ledger is compared with all of it.
  const history = createHistory()
  let testbed: Testbed
  let members: Member[] = []

  beforeAll(async () => {
    testbed = await startTestbed(random)
    members = [await testbed.startMember(), await testbed.startMember()]
  })
  afterAll(() => testbed.stop())

  const servers = () => members.map((member) => member.process.url)

  it(`keeps every confirmed charge when it is killed ${restarts} times under load`, async () => {
    const report = createRunReport('database restarts', seed)
    const agent = createCustomerAgent()
    const guests = await signInGuests({
      count: restarts * 2,
      servers: servers(),
      agent,
      history,
      random,
    })
    const load = startSteadyLoad({
      guests,
      servers,
      devices: 4,
      perSecond: CALLS_PER_SECOND,
      callsPerGuest: CALLS_PER_GUEST,
      random,
    })
    const recoveries: number[] = []
    for (let restart = 1; restart <= restarts; restart++) {
      await delay(500 + random.below(1500))
      await testbed.restartDatabase()
      const upAt = Date.now()
      recoveries.push((await firstSuccessAfter(history, upAt)) - upAt)
    }
    const answers = await load.stop()
    report.figure('restarts', restarts)
    report.figure(
      'first success after the database was back, ms',
      `p50 ${percentile(recoveries, 0.5)}, most ${Math.max(...recoveries)}`,
    )
    report.figure('calls', answers.length)
    const unanswered = answers.filter(({ kind }) => kind !== 'success')
    if (unanswered.length > 0) {
      const [first] = unanswered
      report.violation({
        invariant: 'I20',
        detail: `${unanswered.length} calls never succeeded: ${JSON.stringify(first)}`,
      })
    }
    if (Math.max(...recoveries) > RECOVERS_MS_MAX) {
      report.violation({
        invariant: 'I20',
        detail: `it took ${Math.max(...recoveries)} ms to recover`,
      })
    }
    await checkLedger(testbed, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
  })

  it.each([
    { phase: 'hold', statement: '/* place */' },
    { phase: 'settle', statement: '/* settle */' },
  ])(
    `charges once when the connection is cut at the commit of a $phase, ${cuts} times`,
    async ({ phase, statement }) => {
      const report = createRunReport(`cuts at ${phase}`, seed)
      const agent = createCustomerAgent()
      const count = Math.ceil(cuts / CALLS_PER_GUEST)
      const guests = await signInGuests({ count, servers: servers(), agent, history, random })
      const places: Record<Cut['at'], number> = { before: 0, middle: 0, acknowledgement: 0 }
      let answeredAtOnce = 0
      for (let index = 0; index < cuts; index++) {
        const guest = guests[index % guests.length]
        const member = members[index % members.length]
        if (!guest || !member) throw new Error('There is no guest or no server.')
        const at = random.chance(0.6) ? 'acknowledgement' : random.chance(0.5) ? 'middle' : 'before'
        const cut = cutOnce(member, { statement, at })
        const before = history.all().length
        const answer = await guest.callUntilKnown(
          () => [member.process.url],
          qrCodeIntent(random.key()),
        )
        if (answer.kind !== 'success') {
          report.violation({ invariant: 'I20', detail: `cut ${at}: ${JSON.stringify(answer)}` })
        }
        if (cut()) places[at] += 1
        if (history.all().length === before + 1) answeredAtOnce += 1
      }
      report.figure('cuts', JSON.stringify(places))
      report.figure('answered without the client having to ask again', answeredAtOnce)
      await checkLedger(testbed, history, report)
      agent.destroy()
      expect(report.violations()).toEqual([])
      expect(places.before + places.middle + places.acknowledgement).toBe(cuts)
    },
  )

  /** Cuts the connection of this member's next such statement, once; resolves with whether it happened. */
  function cutOnce(
    member: Member,
    { statement, at }: { statement: string; at: Cut['at'] },
  ): () => boolean {
    let isDone = false
    const cut = ({ text }: { text: string }): Cut | null => {
      if (isDone || !text.includes(statement)) return null
      isDone = true
      return { at }
    }
    for (const each of members) each.postgres.decide(each === member ? cut : () => null)
    return () => isDone
  }
})

async function firstSuccessAfter(history: History, instant: number): Promise<number> {
  for (;;) {
    const success = history
      .all()
      .findLast(({ answer, endedAt }) => answer.kind === 'success' && endedAt >= instant)
    if (success) return success.endedAt
    if (Date.now() - instant > 6 * RECOVERS_MS_MAX) return Infinity
    await delay(10)
  }
}
