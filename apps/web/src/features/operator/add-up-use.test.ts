import { describe, expect, it } from 'vitest'
import { addUpUse, totalUse } from './add-up-use.ts'

const LINE = {
  day: '2026-11-01',
  procedure: 'text.summarize',
  model: 'gpt-5-mini' as string | null,
  credits: { ai_tokens: 100 },
  charged: 2,
  released: 1,
  unknown: 0,
  estimated: 1,
  costMicros: 200 as number | null,
  releasedMicros: 50,
  valueMicros: 1000 as number | null,
}
const UNKNOWN = { ...LINE, unknown: 3, estimated: 0, costMicros: null, releasedMicros: 0 }

describe('the use of a span of days', () => {
  it('is one line per procedure and model, the most expensive first', () => {
    const other = { ...LINE, model: 'gpt-5', costMicros: 900, credits: { renders: 1 } }
    expect(addUpUse([LINE, other, { ...LINE, day: '2026-11-02' }])).toMatchObject([
      { model: 'gpt-5', credits: { renders: 1 }, costMicros: 900, marginMicros: 100 },
      {
        model: 'gpt-5-mini',
        credits: { ai_tokens: 200 },
        charged: 4,
        released: 2,
        costMicros: 400,
        releasedMicros: 100,
        marginMicros: 1600,
      },
    ])
  })

  it('has a line of its own, without cost and margin, for calls whose cost is not known', () => {
    const lines = addUpUse([LINE, UNKNOWN, { ...UNKNOWN, day: '2026-11-02' }])
    expect(lines).toMatchObject([
      { costMicros: 200, marginMicros: 800 },
      { costMicros: null, marginMicros: null, unknown: 6, valueMicros: 2000 },
    ])
  })

  it('adds up what is known, and says of how many calls it is not', () => {
    const unpriced = { ...LINE, procedure: 'tools.qrCode', valueMicros: null }
    expect(totalUse(addUpUse([LINE, UNKNOWN, unpriced]))).toEqual({
      costMicros: 400,
      releasedMicros: 100,
      marginMicros: 800,
      unknown: 3,
      unpriced: 2,
      estimated: 2,
    })
  })
})
