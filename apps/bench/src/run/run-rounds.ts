import { CELLS, type Cell, type Timing } from './cells.ts'
import { createMeasurements, type Measurements } from './measurements.ts'
import type { Stage } from './open-stage.ts'

/** Measures every cell once per round, back and forth, so that whatever slows the machine slows all of them. */
export async function runRounds(
  stage: Stage,
  options: { rounds: number; timing: Timing; onRound: (round: number) => void },
): Promise<Measurements> {
  const measurements = createMeasurements()
  for (let round = 0; round < options.rounds; round += 1) {
    options.onRound(round)
    const cells: readonly Cell[] = round % 2 === 0 ? CELLS : CELLS.toReversed()
    for (const cell of cells) {
      const before = stage.cpuMs()
      const sample = await cell.measure(stage, options.timing)
      const after = stage.cpuMs()
      const cpuMs =
        before === null || after === null ? Number.NaN : (after - before) / sample.succeeded
      measurements.add(cell, { ...sample, cpuMs })
    }
  }
  return measurements
}
