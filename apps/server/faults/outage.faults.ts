import { setTimeout as delay } from 'node:timers/promises'
import {
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  type HttpFaults,
  NO_HTTP_FAULTS,
  type Observation,
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

const EVENTS_PER_VIRTUAL_SECOND = 20
/** Virtual seconds in a real one: what two cores can bear with clients, servers, database and backend on them. */
const SPEED = 5
const CALLS_PER_GUEST = 100
const BASELINE_S = 15
const DRAIN_MS_PER_10K = 60_000

/** From the outside: nobody home for the first half, then a backend that is there and cannot be relied on. */
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
  const virtualMinutes = faultRuns(30)
  const realMs = (virtualMinutes * 60_000) / SPEED
  const events = virtualMinutes * 60 * EVENTS_PER_VIRTUAL_SECOND
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

  it(`loses and doubles nothing in ${virtualMinutes} minutes, and nobody notices`, async () => {
    const report = createRunReport('outage', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const perSecond = EVENTS_PER_VIRTUAL_SECOND * SPEED
    const clock = await createVirtualClock(constellation.tollgate, virtualMinutes * 60_000)
    const count = Math.ceil((events + BASELINE_S * perSecond) / CALLS_PER_GUEST) + 1
    const guests = await signInGuests({ count, servers: servers(), agent, history, random })
    for (const guest of guests) await guest.query(servers()[0] ?? '', 'billing.balance')
    report.figure('guests', guests.length)

    const load = startSteadyLoad({
      guests,
      servers,
      perSecond,
      random,
      most: events + BASELINE_S * perSecond,
    })
    await delay(BASELINE_S * 1000)
    await clock.runAt(SPEED)
    const awayAt = Date.now()
    setBackend(AWAY)
    await delay(realMs / 3)
    await crash(members[0])
    await delay(realMs / 6)
    setBackend(UNRELIABLE)
    await delay(realMs / 6)
    await crash(members[1])
    await delay(Math.max(0, awayAt + realMs - Date.now()))
    const answers = await load.stop()
    await clock.runAt(1)
    const backAt = Date.now()
    const backlog = await pendingEvents(constellation.tollgate)
    setBackend(NO_HTTP_FAULTS)
    const drainMsMax = Math.max(DRAIN_MS_PER_10K, (backlog / 10_000) * DRAIN_MS_PER_10K)
    const drainedAfter = await untilNoRows(constellation.tollgate, STILL_PENDING, {
      withinMs: 3 * drainMsMax,
    })

    const phase = (from: number, until: number) =>
      waits(history.all().filter(({ startedAt }) => startedAt >= from && startedAt < until))
    describeWaits('before the outage, ms', phase(awayAt - (BASELINE_S - 3) * 1000, awayAt))
    describeWaits('during the outage, ms', phase(awayAt, backAt))
    report.figure('virtual minutes', `${virtualMinutes} at ${SPEED} times the speed`)
    report.figure(
      'calls',
      `${answers.length}, of them ${answers.filter(({ kind }) => kind === 'success').length} successes`,
    )
    for (const [index, member] of members.entries()) {
      report.figure(`backend of server ${index + 1}`, JSON.stringify(member.billing.counts()))
    }
    report.figure('backlog when the backend was back', backlog)
    report.figure('drained after', `${drainedAfter} ms (at most ${Math.round(drainMsMax)})`)
    if (drainedAfter === null || drainedAfter > drainMsMax) {
      report.violation({ invariant: 'I20', detail: `${backlog} events took ${drainedAfter} ms` })
    }
    const failed = answers.filter(({ kind }) => kind !== 'success')
    if (failed.length > 0) {
      report.violation({
        invariant: 'I20',
        detail: `${failed.length} calls failed, the first: ${JSON.stringify(failed[0])}`,
      })
    }
    await checkBooks(constellation, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])

    function describeWaits(name: string, values: readonly number[]): void {
      report.figure(
        name,
        `p50 ${percentile(values, 0.5)}, p99 ${percentile(values, 0.99)}, ${values.length} calls`,
      )
    }
  })
})

function waits(observations: readonly Observation[]): number[] {
  return observations.map(({ startedAt, endedAt }) => endedAt - startedAt)
}
