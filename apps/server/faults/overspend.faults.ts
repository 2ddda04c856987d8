import {
  checkNotTooStrict,
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  type Observation,
  qrCodeIntent,
  seededRandom,
  signInGuest,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOperations } from './read-operations.ts'
import { checkLedger } from './check-ledger.ts'
import { type Testbed, startTestbed } from './testbed.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'
import { percentile } from './say.ts'

/** The Free plan's grant of `api_calls`. */
const BALANCE = 100
const CALLS = 1000
/** The test counts responses, not time: on a busy machine a thousand calls take half a minute. */
const PATIENCE_MS = 180_000
/** Fifty in a full run of twenty. */
const STORM_KEYS_PER_RUN = 2.5
const STORM_CALLS_PER_KEY = 200

describe('two servers on one database', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const runs = faultRuns(20)
  const stormKeys = Math.ceil(runs * STORM_KEYS_PER_RUN)
  // The history of every guest of this testbed: the ledger is compared with all of it.
  const history = createHistory()
  let testbed: Testbed
  let members: Member[] = []

  beforeAll(async () => {
    testbed = await startTestbed(random)
    members = [await testbed.startMember(), await testbed.startMember()]
  })
  afterAll(() => testbed.stop())

  const serverOf = (index: number) => members[index % members.length]?.process.url ?? ''
  const address = () => `10.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`

  it(`let exactly ${BALANCE} of ${CALLS} concurrent calls through`, async () => {
    const report = createRunReport('overspend', seed)
    for (let run = 1; run <= runs; run++) {
      const own = createHistory()
      // New sockets for every run: the server may close an idle one just as it is reused.
      const agent = createCustomerAgent()
      const guest = await signInGuest({
        server: serverOf(run),
        agent,
        history: own,
        address: address(),
        timeoutMs: PATIENCE_MS,
      })
      const startedAt = performance.now()
      await Promise.all(
        Array.from({ length: CALLS }, (_, index) =>
          guest.call(serverOf(index), qrCodeIntent(random.key())),
        ),
      )
      const elapsed = Math.round(performance.now() - startedAt)
      const observations = own.all()
      for (const observation of observations) history.add(observation)
      report.figure(
        `run ${run}`,
        `${describeAnswers(observations)} in ${elapsed} ms, p50 ${percentile(waits(observations), 0.5)} ms, p99 ${percentile(waits(observations), 0.99)} ms`,
      )
      if (describeAnswers(observations) !== EXPECTED) {
        report.violation({
          invariant: 'I12/I13',
          detail: `run ${run}: ${describeAnswers(observations)}`,
        })
      }
      const operations = await readOperations(testbed.tollgate, observations)
      const ownOperations = operations.filter(({ customerId }) => customerId === guest.customerId)
      const strict = { observations, operations: ownOperations, balance: BALANCE, cost: 1 }
      for (const violation of checkNotTooStrict(strict)) report.violation(violation)
      agent.destroy()
    }
    await checkLedger(testbed, history, report)
    expect(report.violations()).toEqual([])
  })

  it(`settle each of ${stormKeys} keys once, however often it is sent at the same time`, async () => {
    const report = createRunReport('storm', seed)
    const agent = createCustomerAgent()
    const own = createHistory()
    const guest = await signInGuest({
      server: serverOf(0),
      agent,
      history: own,
      address: address(),
      timeoutMs: PATIENCE_MS,
    })
    const startedAt = performance.now()
    for (let key = 0; key < stormKeys; key++) {
      const intent = qrCodeIntent(random.key())
      await Promise.all(
        Array.from({ length: STORM_CALLS_PER_KEY }, (_, index) =>
          guest.call(serverOf(index), intent),
        ),
      )
      // Repeats the calls of every guest but the first: each response must be the stored one.
      await guest.callUntilKnown(() => [serverOf(key)], intent)
    }
    const observations = own.all()
    for (const observation of observations) history.add(observation)
    const originals = observations.filter(
      ({ answer }) => answer.kind === 'success' && !answer.replayed,
    )
    const replays = observations.filter(
      ({ answer }) => answer.kind === 'success' && answer.replayed,
    )
    report.figure('answers', describeAnswers(observations))
    report.figure('originals', originals.length)
    report.figure('replays', replays.length)
    report.figure('seconds', ((performance.now() - startedAt) / 1000).toFixed(1))
    if (originals.length !== stormKeys) {
      report.violation({
        invariant: 'I11',
        detail: `${originals.length} originals for ${stormKeys} keys`,
      })
    }
    const strange = observations.filter(
      ({ answer }) =>
        answer.kind === 'unknown' || (answer.kind === 'refused' && answer.status !== 409),
    )
    if (strange.length > 0) {
      report.violation({
        invariant: 'I8',
        detail: `neither replay nor 409: ${describeAnswers(strange)}`,
      })
    }
    await checkLedger(testbed, history, report)
    agent.destroy()
    expect(report.violations()).toEqual([])
  })
})

const EXPECTED = `${BALANCE} × 200, ${CALLS - BALANCE} × 402 insufficient_credits`

/** How often each status occurred, in numerical order. */
function describeAnswers(observations: readonly Observation[]): string {
  const counts = new Map<string, number>()
  for (const { answer } of observations) {
    const name = answer.kind === 'success' ? '200' : `${answer.status ?? 'none'} ${answer.reason}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ')
}

function waits(observations: readonly Observation[]): number[] {
  return observations.map(({ startedAt, endedAt }) => endedAt - startedAt)
}
