import type { Sample } from '../measure/sample.ts'
import type { CellName } from './cells.ts'

/** A sample and the cost of each operation; what was not observed is NaN. */
export type Measured = Sample & {
  /** CPU time of server, database and billing backend. */
  cpuMs: number
  /** The share of the machine that other processes took meanwhile, 0 to 1. */
  othersShare: number
  walBytes: number
  /** Disk flushes of the database. */
  fsyncs: number
}

/** All samples of a run, one per cell and round. */
export type Measurements = {
  add(cell: { name: CellName; concurrency: number }, sample: Measured): void
  /** One cell's samples, by round. */
  of(name: CellName, concurrency: number): readonly Measured[]
  /** Every measured cell, in the order of the first round. */
  cells(): { name: CellName; concurrency: number; samples: readonly Measured[] }[]
}

/** Creates an empty collection. */
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
