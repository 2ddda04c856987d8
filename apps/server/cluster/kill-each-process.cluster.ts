import { setTimeout as delay } from 'node:timers/promises'
import {
  createCustomerAgent,
  createHistory,
  faultRuns,
  faultSeed,
  seededRandom,
} from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkLedger } from '../faults/check-ledger.ts'
import { createRunReport } from '../faults/run-report.ts'
import { signInGuests } from '../faults/sign-in-guests.ts'
import { startSteadyLoad, type SteadyLoad } from '../faults/steady-load.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { reportCalls } from './report-calls.ts'
import type { Cluster } from './start-cluster.ts'

/** Each makes as many calls as the Free plan grants at most, so that all succeed only if none is charged twice. */
const GUESTS = faultRuns(200)
const CALLS_PER_GUEST = 100
const CALLS = GUESTS * CALLS_PER_GUEST
const DEVICES = 96
/** More than two servers on a small machine take. */
const PER_SECOND = 4000
/** How long a process stays away. */
const AWAY_MS = 1000
const POLL_MS = 20
/** Between two kills. */
const STAGE_MS_MAX = 20_000

describe('a cluster under a storm of calls', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startClusterInFolder()
  })
  afterAll(() => cluster.stop())

  it(`loses none of up to ${CALLS} calls when each of its processes is killed in turn`, async () => {
    const report = createRunReport('cluster', seed)
    const agent = createCustomerAgent()
    const history = createHistory()
    const servers = () => [cluster.url]
    const [a, b] = cluster.servers
    // Directly, each from an address of its own: HAProxy would say that all of them are this machine.
    const doors = [a.url, b.url]
    const guests = await signInGuests({ count: GUESTS, servers: doors, agent, history, random })
    const startedAt = performance.now()
    const load = startSteadyLoad({
      guests,
      servers,
      devices: DEVICES,
      perSecond: PER_SECOND,
      random,
      callsPerGuest: CALLS_PER_GUEST,
    })
    const { billingBackend: billing, balancer } = cluster
    // The servers far apart: a call that died with one must not die with the other before the first one's hold is free.
    const deaths = [
      { name: 'server a', die: a.kill, comeBack: () => a.restart() },
      { name: 'billing', die: billing.kill, comeBack: () => billing.restart() },
      { name: 'PostgreSQL', die: cluster.restartDatabase, comeBack: async () => {} },
      { name: 'HAProxy', die: balancer.kill, comeBack: balancer.restart },
      { name: 'server b', die: b.kill, comeBack: () => b.restart() },
    ]
    for (const [index, { name, die, comeBack }] of deaths.entries()) {
      await untilEnded(load, (CALLS * (index + 1)) / (deaths.length + 2))
      report.figure(`killed ${name} after`, `${load.ended()} calls`)
      await die()
      await delay(AWAY_MS)
      await comeBack()
    }
    await untilEnded(load, CALLS)
    const answers = await load.stop()
    const seconds = (performance.now() - startedAt) / 1000
    reportCalls(report, { answers, observations: history.all(), seconds })
    await checkLedger(cluster, history, report)
    agent.destroy()
    expect(answers.filter(({ kind }) => kind !== 'success')).toEqual([])
    expect(report.violations()).toEqual([])
  })
})

/** Waits until so many calls have had their last answer, or for a while: a busy machine makes fewer calls. */
async function untilEnded(load: SteadyLoad, count: number): Promise<void> {
  const deadline = performance.now() + STAGE_MS_MAX
  while (load.ended() < count && performance.now() < deadline) await delay(POLL_MS)
}
