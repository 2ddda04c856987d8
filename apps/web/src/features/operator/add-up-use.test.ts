import { describe, expect, it } from 'vitest'
import { addUpUse } from './add-up-use.ts'

const LINE = {
  day: '2026-11-01',
  procedure: 'text.summarize',
  meter: 'ai_tokens',
  credits: 100,
  charged: 2,
  released: 1,
  provider: 'gpt-5-mini',
  costMicros: 200,
  valueMicros: 1000,
}

describe('the use of a span of days', () => {
  it('is one line per procedure and meter, the most used first', () => {
    const other = { ...LINE, procedure: 'tools.qrCode', meter: 'api_calls', credits: 500 }
    const { day: _, ...whole } = LINE
    expect(addUpUse([LINE, other, { ...LINE, day: '2026-11-02' }])).toEqual([
      { ...whole, procedure: 'tools.qrCode', meter: 'api_calls', credits: 500 },
      { ...whole, credits: 200, charged: 4, released: 2, costMicros: 400, valueMicros: 2000 },
    ])
  })

  it('has no cost where that of one day is not known', () => {
    const [line] = addUpUse([LINE, { ...LINE, costMicros: null }])
    expect(line).toMatchObject({ credits: 200, costMicros: null, valueMicros: 2000 })
  })
})
