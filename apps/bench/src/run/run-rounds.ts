import { cpuTimeMs } from '../measure/cpu-time.ts'
import { watchOthers } from '../measure/watch-others.ts'
import type { Cell, Timing } from './cells.ts'
import type { Measured, Measurements } from './measurements.ts'
import type { Harness } from './open-harness.ts'
import { watchDisk } from './watch-disk.ts'

/** A harness, its cells and the collection of its samples. */
export type Lane = { harness: Harness; measurements: Measurements; cells: readonly Cell[] }

/**
 * Measures every cell of every lane once per round, alternating the direction, so that a slow machine affects all of them. A cell that
 * several lanes have is measured consecutively in each.
 */
export async function runRounds(
  lanes: readonly Lane[],
  options: { rounds: number; timing: Timing; onRound: (round: number) => void },
): Promise<void> {
  const ours = [process.pid, ...lanes.flatMap(({ harness }) => harness.pids)]
  const longest = Math.max(...lanes.map(({ cells }) => cells.length))
  const steps = Array.from({ length: longest }, (_, index) =>
    lanes.flatMap((lane) => {
      const cell = lane.cells[index]
      return cell ? [{ lane, cell }] : []
    }),
  ).flat()
  for (let round = 0; round < options.rounds; round += 1) {
    options.onRound(round)
    for (const { lane, cell } of round % 2 === 0 ? steps : steps.toReversed()) {
      const measured = await measureCell(lane.harness, cell, { timing: options.timing, ours })
      lane.measurements.add(cell, measured)
    }
  }
}

async function measureCell(
  harness: Harness,
  cell: Cell,
  { timing, ours }: { timing: Timing; ours: readonly number[] },
): Promise<Measured> {
  const disk = cell.watchesDisk ? await watchDisk(harness) : null
  const others = watchOthers(ours)
  const before = cpuTimeMs(harness.pids)
  const sample = await cell.measure(harness, timing)
  const after = cpuTimeMs(harness.pids)
  const each = (value: number | undefined) => (value ?? Number.NaN) / sample.succeeded
  const othersShare = others()
  const written = await disk?.()
  return {
    ...sample,
    cpuMs: before === null || after === null ? Number.NaN : each(after - before),
    othersShare,
    walBytes: each(written?.walBytes),
    fsyncs: each(written?.fsyncs),
  }
}
