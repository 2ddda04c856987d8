import type { UseOfDay } from '@tollgate/api'

/** One procedure's use with one model over several days, with its cost and margin. */
export type UseOfModel = Omit<UseOfDay, 'day'> & {
  /** The value of its credits minus our cost; null if either is unknown. */
  marginMicros: number | null
}

/** The known totals. */
export type UseInAll = {
  costMicros: number
  releasedMicros: number
  marginMicros: number
  /** Calls not in any sum, because their cost is unknown. */
  unknown: number
  /** Calls not in the margin, because their credits have no price. */
  unpriced: number
  /** Calls whose cost was estimated, because the provider did not report it. */
  estimated: number
}

/** Adds days up: one line per procedure and model, and a separate one for unknown costs; the most expensive first. */
export function addUpUse(used: readonly UseOfDay[]): UseOfModel[] {
  const lines = new Map<string, UseOfModel>()
  for (const { day: _, ...line } of used) {
    const key = keyOfUse(line)
    const known = lines.get(key)
    const sum = known ? added(known, line) : line
    lines.set(key, { ...sum, marginMicros: marginOf(sum) })
  }
  return [...lines.values()].toSorted(
    (one, other) => (other.costMicros ?? -1) - (one.costMicros ?? -1),
  )
}

/** The key by which lines of figures are distinguished. */
export function keyOfUse(line: Pick<UseOfDay, 'procedure' | 'model' | 'costMicros'>): string {
  return `${line.procedure} ${line.model} ${line.costMicros === null}`
}

/** The totals of all lines, and the numbers of calls they lack. */
export function totalUse(lines: readonly UseOfModel[]): UseInAll {
  const total = { costMicros: 0, releasedMicros: 0, marginMicros: 0 }
  const without = { unknown: 0, unpriced: 0, estimated: 0 }
  for (const line of lines) {
    total.costMicros += line.costMicros ?? 0
    total.releasedMicros += line.releasedMicros
    total.marginMicros += line.marginMicros ?? 0
    without.unknown += line.unknown
    without.estimated += line.estimated
    if (line.costMicros !== null && line.marginMicros === null) without.unpriced += line.charged
  }
  return { ...total, ...without }
}

function added<Line extends Omit<UseOfDay, 'day'>>(one: Line, other: Omit<UseOfDay, 'day'>): Line {
  const credits = { ...one.credits }
  for (const [meter, amount = 0] of Object.entries(other.credits)) {
    credits[meter] = (credits[meter] ?? 0) + amount
  }
  return {
    ...one,
    credits,
    charged: one.charged + other.charged,
    released: one.released + other.released,
    unknown: one.unknown + other.unknown,
    estimated: one.estimated + other.estimated,
    releasedMicros: one.releasedMicros + other.releasedMicros,
    costMicros: sumOf(one.costMicros, other.costMicros),
    valueMicros: sumOf(one.valueMicros, other.valueMicros),
  }
}

function marginOf({ costMicros, valueMicros }: Omit<UseOfDay, 'day'>): number | null {
  return costMicros === null || valueMicros === null ? null : valueMicros - costMicros
}

/** If one day is unknown, so is the sum. */
function sumOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other
}
