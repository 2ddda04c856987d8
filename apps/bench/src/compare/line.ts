import { goal, type Goal } from '../report/goals.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { OTHERS_SHARE_MAX } from '../measure/watch-others.ts'

/** One thing that a comparison must show, with its target. */
export type Line = Omit<Goal, 'limit' | 'met'> & {
  /** Null where nothing was promised. */
  limit: Goal['limit'] | null
  met: boolean | null
  /** The same figure of the other revision; null where it was not measured, or where the figure relates the two. */
  before: Spread | null
  /** Rounds in which others took a noticeable share of the machine from one of the cells behind this line. */
  disturbedRounds: number
  rounds: number
}

/** Cells of one round each. */
export type Rounds = readonly { othersShare: number }[]

/** Judges a figure by the median of its rounds. */
export function line(options: {
  id: string
  what: string
  limit: Goal['limit'] | null
  values: readonly number[]
  before?: readonly number[] | undefined
  /** What the figure was computed from, to know which rounds were disturbed. */
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

/** In how many of its rounds a cell was disturbed, as tables show it; empty when in none. */
export function formatDisturbed(rounds: Rounds): string {
  return formatShare(rounds.filter(isDisturbed).length, rounds.length)
}

/** "2 of 5", or nothing instead of "0 of 5". */
export function formatShare(count: number, of: number): string {
  return count > 0 ? `${count} of ${of}` : ''
}

function isDisturbed(round: { othersShare: number } | undefined): boolean {
  return round !== undefined && round.othersShare > OTHERS_SHARE_MAX
}
