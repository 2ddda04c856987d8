import { z } from 'zod'
import { cpuTimeMs } from '../measure/cpu-time.ts'
import type { Timing } from '../run/cells.ts'
import { type Costs, countCosts, drain } from '../run/count-costs.ts'
import { BILLED_CUSTOMERS, CUSTOMERS } from '../run/customers.ts'
import { createMeasurements, type Measurements } from '../run/measurements.ts'
import { openHarness, type Harness } from '../run/open-harness.ts'
import { runRounds } from '../run/run-rounds.ts'
import type { Revision } from '../revision/open-revision.ts'
import { type LedgerCheck, checkLedger } from './check-ledger.ts'
import { CORE_CELLS } from './core-cells.ts'

/** The results of one revision's core. */
export type CoreResult = {
  measurements: Measurements
  /** CPU time of server, database and backend per delivered event while nothing else ran. */
  eventCpuMs: number
  costs: Costs
  ledger: LedgerCheck
}

/** Measures metering and the slim HTTP server of two revisions in interleaved rounds. */
export async function measureCore(
  revisions: { this: Revision; other: Revision },
  options: { rounds: number; timing: Timing; onProgress: (what: string) => void },
): Promise<{ this: CoreResult; other: CoreResult }> {
  const harnesses: Harness[] = []
  const open = async (revision: Revision) => {
    const harness = await openHarness({ root: revision.directory })
    harnesses.push(harness)
    const customers = [...BILLED_CUSTOMERS, ...CUSTOMERS.naive]
    await harness.subject.child.request({ name: 'sync', input: customers, answer: z.null() })
    return harness
  }
  try {
    const lanes = {
      other: laneOf(await open(revisions.other), 'other'),
      this: laneOf(await open(revisions.this), 'this'),
    }
    await runRounds([lanes.other, lanes.this], {
      ...options,
      onRound: (round) => options.onProgress(`core, round ${round + 1} of ${options.rounds}`),
    })
    options.onProgress('core, delivering and checking the ledger')
    return {
      other: await conclude(lanes.other, revisions.other),
      this: await conclude(lanes.this, revisions.this),
    }
  } finally {
    for (const harness of harnesses) await harness.close()
  }
}

function laneOf(harness: Harness, which: keyof typeof CORE_CELLS) {
  return { harness, measurements: createMeasurements(), cells: CORE_CELLS[which] }
}

async function conclude(
  { harness, measurements }: ReturnType<typeof laneOf>,
  { directory }: Revision,
): Promise<CoreResult> {
  const before = cpuTimeMs(harness.pids) ?? Number.NaN
  const { events } = await drain(harness)
  const after = cpuTimeMs(harness.pids) ?? Number.NaN
  const costs = await countCosts(harness)
  const { database, databaseUrl, child } = harness.subject
  const deducted = await child.request({
    name: 'deducted',
    input: BILLED_CUSTOMERS,
    answer: z.number(),
  })
  const succeeded = harness.billedSucceeded()
  const ledger = await checkLedger({ root: directory, database, databaseUrl, succeeded, deducted })
  return { measurements, eventCpuMs: (after - before) / events, costs, ledger }
}
