import { type Cell, CELLS, type CellName } from '../run/cells.ts'

/** Measured for both revisions. */
const COMPARED: readonly (readonly [CellName, number])[] = [
  ['raw insert', 1],
  ['pair', 1],
  ['pair', 64],
  ['pair hot', 64],
  ['raw insert', 64],
  ['unbilled', 64],
  ['billed', 64],
  ['billed hot', 64],
  ['billed relaying', 64],
]

/** Measured for this revision only, because the naive pattern is the same in both. */
const ALONE: readonly (readonly [CellName, number])[] = [
  ['naive', 64],
  ['unbilled', 1],
  ['billed far', 1],
  ['naive far', 1],
]

/** The cells of a comparison, ordered so that the same cell of both revisions is measured consecutively. */
export const CORE_CELLS: { other: readonly Cell[]; this: readonly Cell[] } = {
  other: find(COMPARED),
  this: find([...COMPARED, ...ALONE]),
}

function find(wanted: readonly (readonly [CellName, number])[]): Cell[] {
  return wanted.flatMap(([name, concurrency]) =>
    CELLS.filter((cell) => cell.name === name && cell.concurrency === concurrency),
  )
}
