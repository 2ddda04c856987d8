import type { Formats } from '@tollgate/contract/copy'
import type { Outputs } from '../../connection/trpc.ts'

type Operation = NonNullable<Outputs['billing']['receipt']>
type Timed = Pick<Operation, 'state' | 'heldAt' | 'endedAt'>

/** When an operation's hold was placed and how it ended, and how long that took. */
export function operationTimes(
  { state, heldAt, endedAt }: Timed,
  { f }: { f: Formats },
): [string, string | null][] {
  if (endedAt === null)
    return [
      ['Hold placed', f.dateTime(heldAt)],
      ['Status', 'still running'],
    ]
  const seconds = (Date.parse(endedAt) - Date.parse(heldAt)) / 1000
  return [
    ['Hold placed', f.dateTime(heldAt)],
    [state === 'settled' ? 'Settled' : 'Released', f.dateTime(endedAt)],
    ['Duration', `${f.number(Math.round(seconds * 10) / 10)} s`],
  ]
}
