import { cpuTimeMs } from '../measure/cpu-time.ts'
import { watchOthers } from '../measure/watch-others.ts'
import type { Cell, Timing } from './cells.ts'
import type { Measured, Measurements } from './measurements.ts'
import type { Stage } from './open-stage.ts'
import { watchDisk } from './watch-disk.ts'

/** A stage and where its samples are collected. */
export type Lane = { stage: Stage; measurements: Measurements; cells: readonly Cell[] }

/**
 * Measures every cell of every lane once per round, back and forth, so that whatever slows the machine slows all of them. A
 * cell that several lanes have is measured in one after the other.
 */
export async function runRounds(
  lanes: readonly Lane[],
  options: { rounds: number; timing: Timing; onRound: (round: number) => void },
): Promise<void> {
  const ours = [process.pid, ...lanes.flatMap(({ stage }) => stage.pids)]
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
      const measured = await measureCell(lane.stage, cell, { timing: options.timing, ours })
      lane.measurements.add(cell, measured)
    }
  }
}

async function measureCell(
  stage: Stage,
  cell: Cell,
  { timing, ours }: { timing: Timing; ours: readonly number[] },
): Promise<Measured> {
  const disk = cell.watchesDisk ? await watchDisk(stage) : null
  const others = watchOthers(ours)
  const before = cpuTimeMs(stage.pids)
  const sample = await cell.measure(stage, timing)
  const after = cpuTimeMs(stage.pids)
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
