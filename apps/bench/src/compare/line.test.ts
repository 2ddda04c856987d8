import { describe, expect, it } from 'vitest'
import { formatDisturbed, line } from './line.ts'

describe('a line of a comparison', () => {
  const quiet = { othersShare: 0.02 }
  const busy = { othersShare: 0.4 }

  it('says in how many rounds others took from one of its cells', () => {
    const judged = line({
      id: '#',
      what: 'a ratio',
      limit: { atLeast: 2 },
      values: [3, 2, 1],
      from: [
        [quiet, busy, quiet],
        [busy, busy, quiet],
      ],
    })
    expect(judged).toMatchObject({ met: true, disturbedRounds: 2, measured: { median: 2 } })
  })

  it('of three starts in a run of one round says so', () => {
    expect(formatDisturbed([busy, quiet, busy])).toBe('2 of 3')
    expect(formatDisturbed([quiet])).toBe('')
  })

  it('without a target is neither kept nor missed', () => {
    const judged = line({ id: '#', what: 'a figure', limit: null, values: [1], from: [] })
    expect(judged).toMatchObject({ met: null, disturbedRounds: 0, before: null })
  })
})
