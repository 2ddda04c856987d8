import { goal, type Goal } from '../report/goals.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { OTHERS_SHARE_MAX } from '../measure/watch-others.ts'

/** A requirement on a comparison, with its target. */
export type Line = Omit<Goal, 'limit' | 'met'> & {
  /** Null if there is no target. */
  limit: Goal['limit'] | null
  met: boolean | null
  /** The same figure of the other revision; null if it was not measured, or if the figure already compares both. */
  before: Spread | null
  /** Rounds in which other processes took a noticeable share of the machine during a cell of this line. */
  disturbedRounds: number
  rounds: number
}

/** One cell's results, by round. */
export type Rounds = readonly { othersShare: number }[]

/** Compares the median of a figure's rounds with its target. */
export function line(options: {
  id: string
  what: string
  limit: Goal['limit'] | null
  values: readonly number[]
  before?: readonly number[] | undefined
  /** The cells that the figure was computed from, to find disturbed rounds. */
  from: readonly Rounds[]
}): Line {
  const { id, what, limit, values, before, from } = options
  return {
    ...(limit
      ? goal(id, what, limit, values)
      : { id, what, limit, measured: spreadOf(values), met: null }),
    before: before ? spreadOf(before) : null,
    disturbedRounds: values.filter((_, round) => from.some((cell) => isDisturbed(cell[round])))
      .length,
    rounds: values.length,
  }
}

/** The number of a cell's disturbed rounds, as tables show it; empty for none. */
export function formatDisturbed(rounds: Rounds): string {
  return formatShare(rounds.filter(isDisturbed).length, rounds.length)
}

/** "2 of 5"; empty instead of "0 of 5". */
export function formatShare(count: number, of: number): string {
  return count > 0 ? `${count} of ${of}` : ''
}

function isDisturbed(round: { othersShare: number } | undefined): boolean {
  return round !== undefined && round.othersShare > OTHERS_SHARE_MAX
}
