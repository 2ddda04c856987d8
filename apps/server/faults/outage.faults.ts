import { setTimeout as delay } from 'node:timers/promises'
import {
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  type History,
  type HttpFaults,
  NO_HTTP_FAULTS,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pendingEvents } from './read-operations.ts'
import { checkLedger } from './check-ledger.ts'
import { type Testbed, startTestbed } from './testbed.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'
import { percentile } from './say.ts'
import { STILL_PENDING, untilNoRows } from './until-no-rows.ts'
import { signInGuests } from './sign-in-guests.ts'
import { startSteadyLoad } from './steady-load.ts'
import { createVirtualClock } from './virtual-clock.ts'

const EVENTS_PER_SECOND = 20
/** Few enough for two cores to run clients, servers, database and backend; virtual time follows their progress. */
const DEVICES = 10
const CALLS_PER_REAL_SECOND_MAX = 200
const BASELINE_CALLS = 300
/** All of a guest's credits, so that a refusal is never for lack of credits. */
const CALLS_PER_GUEST = 100
const DRAIN_EVENTS = 10_000
const DRAIN_MS_MAX = 60_000
const CLOCK_STEP_MS = 100
/** The server's timeout for the backend. A hang lasts fifteen times as long: a faster response did not wait for it. */
const BACKEND_DEADLINE_MS = 2000

/** Longer than a server takes to restart. */
const STALLED_MS = 60_000

/** No backend for the first half, then an unreliable one. */
const AWAY: Partial<HttpFaults> = { down: true }
const UNRELIABLE: Partial<HttpFaults> = {
  down: false,
  error: 0.3,
  acceptThenError: 0.1,
  hang: 0.05,
  hangMs: 30_000,
  reset: 0.05,
  duplicate: 0.05,
  reorderMs: 50,
}

describe('a billing backend that is away', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const minutes = faultRuns(30)
  const events = minutes * 60 * EVENTS_PER_SECOND
  let testbed: Testbed
  let members: Member[] = []

  beforeAll(async () => {
    testbed = await startTestbed(random)
    members = [await testbed.startMember(), await testbed.startMember()]
  })
  afterAll(() => testbed.stop())

  const servers = () => members.map((member) => member.process.url)
  const setBackend = (faults: Partial<HttpFaults>) => {
    for (const member of members) member.billing.set(faults)
  }
  const crash = async (member: Member | undefined) => {
    if (!member) return
    await member.process.kill()
    await testbed.restart(member)
  }

  it(`loses and doubles nothing in ${minutes} minutes of ${EVENTS_PER_SECOND} events a second, without a refused call`, async () => {
    const report = createRunReport('outage', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const count = Math.ceil((events + BASELINE_CALLS) / CALLS_PER_GUEST) + 1
    const guests = await signInGuests({ count, servers: servers(), agent, history, random })
    // The backend must know the customers before its outage, which rejects new ones.
    for (const guest of guests) await guest.query(servers()[0] ?? '', 'billing.balance')
    const clock = await createVirtualClock(testbed.tollgate, minutes * 60_000)
    const load = startSteadyLoad({
      guests,
      servers,
      devices: DEVICES,
      perSecond: CALLS_PER_REAL_SECOND_MAX,
      random,
      callsPerGuest: CALLS_PER_GUEST,
    })
    /** Lets calls be made until this share of the outage is over; twenty calls are one virtual second. */
    const until = async (share: number) => {
      let last = { ended: load.ended(), at: Date.now() }
      while (load.ended() - BASELINE_CALLS < share * events) {
        await delay(CLOCK_STEP_MS)
        if (load.ended() > last.ended) last = { ended: load.ended(), at: Date.now() }
        if (Date.now() - last.at > STALLED_MS) {
          throw new Error(`No call has ended for a minute.\n${testbed.recentOutput().join('\n')}`)
        }
        await clock.advanceTo(
          (Math.max(0, load.ended() - BASELINE_CALLS) / EVENTS_PER_SECOND) * 1000,
        )
      }
    }

    await until(0)
    const awayAt = Date.now()
    setBackend(AWAY)
    await until(1 / 3)
    await crash(members[0])
    await until(1 / 2)
    setBackend(UNRELIABLE)
    await until(2 / 3)
    await crash(members[1])
    await until(1)
    const answers = await load.stop()
    const backAt = Date.now()
    const backlog = await pendingEvents(testbed.tollgate)
    const before = members.map((member) => JSON.stringify(member.billing.counts()))
    setBackend(NO_HTTP_FAULTS)
    const drainMsMax = Math.max(DRAIN_MS_MAX, (backlog / DRAIN_EVENTS) * DRAIN_MS_MAX)
    const drainedAfter = await untilNoRows(testbed.tollgate, STILL_PENDING, {
      withinMs: 3 * drainMsMax,
    })

    const successes = answers.filter(({ kind }) => kind === 'success').length
    report.figure(
      'virtual minutes',
      `${minutes} in ${Math.round((backAt - awayAt) / 1000)} real seconds`,
    )
    report.figure('calls', `${answers.length} by ${guests.length} guests, ${successes} successes`)
    report.figure('answers in ms before the outage', waitsBetween(history, 0, awayAt))
    report.figure('answers in ms during the outage', waitsBetween(history, awayAt, backAt))
    const slow = percentile(waits(history, awayAt, backAt), 0.99)
    if (slow >= BACKEND_DEADLINE_MS) {
      report.violation({ invariant: 'I20', detail: `one call in a hundred took ${slow} ms` })
    }
    for (const counts of before) report.figure('requests to the backend in the outage', counts)
    report.figure('backlog when the backend was back', backlog)
    const per10k = Math.round(((drainedAfter ?? 0) / backlog) * DRAIN_EVENTS)
    report.figure('drained after', `${drainedAfter} ms (at most ${Math.round(drainMsMax)})`)
    report.figure('drained per 10 000 events', `${per10k} ms (at most ${DRAIN_MS_MAX})`)
    if (drainedAfter === null || drainedAfter > drainMsMax) {
      report.violation({ invariant: 'I20', detail: `${backlog} events took ${drainedAfter} ms` })
    }
    const refused = answers.filter((answer) => answer.kind === 'refused' && answer.status === 402)
    report.figure('refused with credits left', refused.length)
    for (const answer of refused.slice(0, 3))
      report.violation({ invariant: 'I13', detail: JSON.stringify(answer) })
    if (successes < answers.length) {
      const failed = answers.find(({ kind }) => kind !== 'success')
      report.violation({
        invariant: 'I20',
        detail: `${answers.length - successes} calls failed, one of them: ${JSON.stringify(failed)}`,
      })
    }
    await checkLedger(testbed, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
  })
})

/** The latencies of responses; calls to a killed server have none. */
function waits(history: History, from: number, until: number): number[] {
  return history
    .all()
    .filter(
      ({ startedAt, answer }) =>
        startedAt >= from && startedAt < until && answer.kind === 'success',
    )
    .map(({ startedAt, endedAt }) => endedAt - startedAt)
}

function waitsBetween(history: History, from: number, until: number): string {
  const values = waits(history, from, until)
  return `p50 ${percentile(values, 0.5)}, p99 ${percentile(values, 0.99)} of ${values.length}`
}
