import type { UseOfDay } from '@tollgate/api'

/** What one procedure charged of one meter in a span of days. */
export type UseOfProcedure = Omit<UseOfDay, 'day'>

/** Adds days up: one line per procedure, meter and provider, the most used first. */
export function addUpUse(used: readonly UseOfDay[]): UseOfProcedure[] {
  const lines = new Map<string, UseOfProcedure>()
  for (const { day: _, ...line } of used) {
    const key = `${line.procedure} ${line.meter} ${line.provider}`
    const known = lines.get(key)
    lines.set(key, known ? added(known, line) : line)
  }
  return [...lines.values()].toSorted((one, other) => other.credits - one.credits)
}

function added(one: UseOfProcedure, other: UseOfProcedure): UseOfProcedure {
  return {
    ...one,
    credits: one.credits + other.credits,
    charged: one.charged + other.charged,
    released: one.released + other.released,
    costMicros: sumOf(one.costMicros, other.costMicros),
    valueMicros: sumOf(one.valueMicros, other.valueMicros),
  }
}

/** What is not known of one day is not known of all. */
function sumOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other
}
