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
import { pendingEvents } from './books.ts'
import { checkBooks } from './check-books.ts'
import { type Constellation, startConstellation } from './constellation.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'
import { percentile } from './say.ts'
import { STILL_PENDING, untilNoRows } from './settle-down.ts'
import { signInGuests } from './sign-in-guests.ts'
import { startSteadyLoad } from './steady-load.ts'
import { createVirtualClock } from './virtual-clock.ts'

const EVENTS_PER_SECOND = 20
/** Few enough that two cores bear clients, servers, database and backend; time follows what they get done. */
const DEVICES = 6
const CALLS_PER_REAL_SECOND_MAX = 200
const BASELINE_CALLS = 300
/**
 * Half of what a guest has. While it is not known which events arrived, a balance that is read may have counted them already, and
 * they count twice against the guest until it is: never too little, for a while too much.
 */
const CALLS_PER_GUEST = 50
const DRAIN_MS_PER_10K = 60_000
const CLOCK_STEP_MS = 100

/** Nobody home for the first half, then a backend that is there and cannot be relied on. */
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
  let constellation: Constellation
  let members: Member[] = []

  beforeAll(async () => {
    constellation = await startConstellation(random)
    members = [await constellation.startMember(), await constellation.startMember()]
  })
  afterAll(() => constellation.stop())

  const servers = () => members.map((member) => member.process.url)
  const setBackend = (faults: Partial<HttpFaults>) => {
    for (const member of members) member.billing.set(faults)
  }
  const crash = async (member: Member | undefined) => {
    if (!member) return
    await member.process.kill()
    await constellation.restart(member)
  }

  it(`loses and doubles nothing in ${minutes} minutes of ${EVENTS_PER_SECOND} events a second, and nobody notices`, async () => {
    const report = createRunReport('outage', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const count = Math.ceil((events + BASELINE_CALLS) / CALLS_PER_GUEST) + 1
    const guests = await signInGuests({ count, servers: servers(), agent, history, random })
    // Known to the backend before it goes away: an outage closes the door to people never seen before.
    for (const guest of guests) await guest.query(servers()[0] ?? '', 'billing.balance')
    const clock = await createVirtualClock(constellation.tollgate, minutes * 60_000)
    const load = startSteadyLoad({
      guests,
      servers,
      devices: DEVICES,
      perSecond: CALLS_PER_REAL_SECOND_MAX,
      random,
      callsPerGuest: CALLS_PER_GUEST,
    })
    /** Lets calls be made until this share of the outage is over; twenty of them are one virtual second. */
    const until = async (share: number) => {
      while (load.ended() - BASELINE_CALLS < share * events) {
        await delay(CLOCK_STEP_MS)
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
    const backlog = await pendingEvents(constellation.tollgate)
    const before = members.map((member) => JSON.stringify(member.billing.counts()))
    setBackend(NO_HTTP_FAULTS)
    const drainMsMax = Math.max(DRAIN_MS_PER_10K, (backlog / 10_000) * DRAIN_MS_PER_10K)
    const drainedAfter = await untilNoRows(constellation.tollgate, STILL_PENDING, {
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
    for (const counts of before) report.figure('requests to the backend in the outage', counts)
    report.figure('backlog when the backend was back', backlog)
    report.figure('drained after', `${drainedAfter} ms (at most ${Math.round(drainMsMax)})`)
    if (drainedAfter === null || drainedAfter > drainMsMax) {
      report.violation({ invariant: 'I20', detail: `${backlog} events took ${drainedAfter} ms` })
    }
    if (successes < answers.length) {
      const failed = answers.find(({ kind }) => kind !== 'success')
      report.violation({
        invariant: 'I20',
        detail: `${answers.length - successes} calls failed, one of them: ${JSON.stringify(failed)}`,
      })
    }
    await checkBooks(constellation, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
  })
})

/** How long answers took that came; those of a server that was killed did not. */
function waitsBetween(history: History, from: number, until: number): string {
  const waits = history
    .all()
    .filter(
      ({ startedAt, answer }) =>
        startedAt >= from && startedAt < until && answer.kind === 'success',
    )
    .map(({ startedAt, endedAt }) => endedAt - startedAt)
  return `p50 ${percentile(waits, 0.5)}, p99 ${percentile(waits, 0.99)} of ${waits.length}`
}
