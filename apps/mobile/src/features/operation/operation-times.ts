import type { Outputs } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'

const { t, f } = copy

type Operation = NonNullable<Outputs['billing']['receipt']>

/** When an operation's hold was placed, how it ended, and how long it took. */
export function operationTimes({
  state,
  heldAt,
  endedAt,
}: Pick<Operation, 'state' | 'heldAt' | 'endedAt'>): [string, string][] {
  const held: [string, string] = [t.operation.held, f.dateTime(heldAt)]
  if (endedAt === null) return [held, [t.operation.took, t.operation.running]]
  const seconds = Math.max(0, Date.parse(endedAt) - Date.parse(heldAt)) / 1000
  const end = state === 'settled' ? t.operation.settled : t.operation.released
  return [held, [end, f.dateTime(endedAt)], [t.operation.took, t.operation.seconds(f, seconds)]]
}
