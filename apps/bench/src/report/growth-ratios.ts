import type { Growth } from '../run/measure-growth.ts'
import { ratios } from './goals.ts'

/** How much slower a pair is with each larger number of stored operations than with the smallest, by round. */
export function growthRatios([few, ...more]: Growth) {
  if (!few) return []
  const p50 = ({ rounds }: Growth[number]) => rounds.map((round) => round.p50)
  return more.map((growth) => ({
    what: `p50 of a pair beside ${growth.operations} stored operations ÷ beside ${few.operations}`,
    values: ratios(p50(growth), p50(few)),
    from: [growth.rounds, few.rounds],
  }))
}
