import { setTimeout as delay } from 'node:timers/promises'
import type { History, ObservedAnswer, SeededRandom } from '@tollgate/testing/faults'
import type { RunReport } from '../faults/run-report.ts'
import type { Kill } from './kills.ts'
import type { CallFigures } from './report-calls.ts'
import { type ClusterStage, startClusterLoad } from './start-cluster-load.ts'
import { untilEnded } from './until-ended.ts'

/** Each guest makes as many calls as the Free plan grants, so that all succeed only if none is charged twice. */
const CALLS_PER_GUEST = 100
const DEVICES = 96
/** More than two servers on a small machine can handle, so that it does not limit the rate. */
const PER_SECOND = 4000
/** How long a process stays down. */
const AWAY_MS = 1000

/** Lets guests make `calls` billed calls while processes are killed one after another, and checks the ledger at the end. */
export async function runStorm(
  stage: ClusterStage,
  options: {
    calls: number
    kills: readonly Kill[]
    random: SeededRandom
    /** The history of all runs on the stage: the ledger is compared with all of it. */
    history: History
    report: RunReport
  },
): Promise<{ figures: CallFigures; failed: ObservedAnswer[] }> {
  const { kills, random, history, report } = options
  const guests = Math.ceil(options.calls / CALLS_PER_GUEST)
  const calls = guests * CALLS_PER_GUEST
  const load = await startClusterLoad(stage, {
    report,
    random,
    history,
    guests,
    callsPerGuest: CALLS_PER_GUEST,
    devices: DEVICES,
    perSecond: PER_SECOND,
  })
  for (const [index, { name, kill, restart }] of kills.entries()) {
    await untilEnded(load, (calls * (index + 1)) / (kills.length + 2))
    report.figure(`killed ${name} after`, `${load.ended()} calls`)
    await kill()
    await delay(AWAY_MS)
    await restart()
  }
  await untilEnded(load, calls)
  const outcome = await load.finish()
  report.figure('violations', report.violations().length)
  return outcome
}
