import {
  createCustomerAgent,
  createHistory,
  type ObservedAnswer,
  type SeededRandom,
} from '@tollgate/testing/faults'
import { checkLedger } from '../faults/check-ledger.ts'
import type { RunReport } from '../faults/run-report.ts'
import { signInGuests } from '../faults/sign-in-guests.ts'
import { startSteadyLoad, type SteadyLoad } from '../faults/steady-load.ts'
import { reportCalls } from './report-calls.ts'
import type { Cluster } from './start-cluster.ts'

/** A load on a cluster, and what it came to. */
export type ClusterLoad = Pick<SteadyLoad, 'ended'> & {
  /** Ends the load, reports it, and compares what clients saw with the ledger in `databases`; answers with the last answer of each call. */
  finish(databases?: Pick<Cluster, 'tollgate' | 'billing'>): Promise<ObservedAnswer[]>
}

/** Signs guests in and lets them call through the balancer. */
export async function startClusterLoad(
  cluster: Cluster,
  options: {
    report: RunReport
    random: SeededRandom
    guests: number
    callsPerGuest: number
    devices: number
    perSecond: number
  },
): Promise<ClusterLoad> {
  const { report, random, callsPerGuest, devices, perSecond } = options
  const agent = createCustomerAgent()
  const history = createHistory()
  // Directly, each from an address of its own: HAProxy would say that all of them are this machine.
  const servers = cluster.servers.map(({ url }) => url)
  const guests = await signInGuests({ count: options.guests, servers, agent, history, random })
  const startedAt = performance.now()
  const load = startSteadyLoad({
    guests,
    servers: () => [cluster.url],
    devices,
    perSecond,
    random,
    callsPerGuest,
  })
  return {
    ended: load.ended,
    async finish(databases = cluster) {
      const answers = await load.stop()
      const seconds = (performance.now() - startedAt) / 1000
      reportCalls(report, { answers, observations: history.all(), seconds })
      const { tollgate, billing } = databases
      await checkLedger({ tollgate, billing, recentOutput: cluster.recentOutput }, history, report)
      agent.destroy()
      return answers
    },
  }
}
