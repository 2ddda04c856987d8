import {
  createCustomerAgent,
  type History,
  type ObservedAnswer,
  type SeededRandom,
} from '@tollgate/testing/faults'
import { checkLedger } from '../faults/check-ledger.ts'
import type { RunReport } from '../faults/run-report.ts'
import { signInGuests } from '../faults/sign-in-guests.ts'
import { startSteadyLoad, type SteadyLoad } from '../faults/steady-load.ts'
import { type CallFigures, reportCalls } from './report-calls.ts'

/** The deployment under load. */
export type ClusterStage = {
  /** The address that clients call. */
  url: string
  /** Guests sign in directly, each from its own address: through HAProxy they would all share this machine's. */
  doors: readonly string[]
  ledger: Parameters<typeof checkLedger>[0]
}

/** A load on a cluster. */
export type ClusterLoad = Pick<SteadyLoad, 'ended'> & {
  /** Ends the load, reports it, and compares what clients saw with the ledger; returns the last response of each failed call. */
  finish(): Promise<{ figures: CallFigures; failed: ObservedAnswer[] }>
}

/** Signs guests in and starts their calls. */
export async function startClusterLoad(
  { url, doors, ledger }: ClusterStage,
  options: {
    report: RunReport
    random: SeededRandom
    /** The history of all loads on the stage: the ledger is compared with all of it. */
    history: History
    guests: number
    callsPerGuest: number
    devices: number
    perSecond: number
  },
): Promise<ClusterLoad> {
  const { report, random, history, callsPerGuest, devices, perSecond } = options
  const agent = createCustomerAgent()
  const count = options.guests
  const guests = await signInGuests({ count, servers: doors, agent, history, random })
  const seenBefore = history.all().length
  const startedAt = performance.now()
  const servers = () => [url]
  const load = startSteadyLoad({ guests, servers, devices, perSecond, random, callsPerGuest })
  return {
    ended: load.ended,
    async finish() {
      const answers = await load.stop()
      const seconds = (performance.now() - startedAt) / 1000
      const observations = history.all().slice(seenBefore)
      const figures = reportCalls(report, { answers, observations, seconds })
      await checkLedger(ledger, history, report)
      agent.destroy()
      return { figures, failed: answers.filter(({ kind }) => kind !== 'success') }
    },
  }
}
