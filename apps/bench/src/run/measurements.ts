import type { Sample } from '../measure/sample.ts'
import type { CellName } from './cells.ts'

/** A sample and what each operation cost; what was not watched is not a number. */
export type Measured = Sample & {
  /** Processor time of server, database and billing backend. */
  cpuMs: number
  /** What others took of the machine meanwhile, 0 to 1. */
  othersShare: number
  walBytes: number
  /** How often the database waited for the disk. */
  fsyncs: number
}

/** All samples of a run: per cell, one per round. */
export type Measurements = {
  add(cell: { name: CellName; concurrency: number }, sample: Measured): void
  /** One cell's samples, by round. */
  of(name: CellName, concurrency: number): readonly Measured[]
  /** Every cell that was measured, in the order of the first round. */
  cells(): { name: CellName; concurrency: number; samples: readonly Measured[] }[]
}

/** Makes an empty collection. */
export function createMeasurements(): Measurements {
  const cells = new Map<string, { name: CellName; concurrency: number; samples: Measured[] }>()
  const keyOf = (name: CellName, concurrency: number) => `${name} ${concurrency}`
  return {
    add({ name, concurrency }, sample) {
      const key = keyOf(name, concurrency)
      const cell = cells.get(key) ?? { name, concurrency, samples: [] }
      cells.set(key, { ...cell, samples: [...cell.samples, sample] })
    },
    of: (name, concurrency) => cells.get(keyOf(name, concurrency))?.samples ?? [],
    cells: () => [...cells.values()],
  }
}
