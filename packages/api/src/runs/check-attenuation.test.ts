import { describe, expect, it } from 'vitest'
import { checkAttenuation, RUN_DEPTH_MAX } from './check-attenuation.ts'

const SCOPE = { procedures: ['tools.qrCode'], meters: ['api_calls'] }
const key = { id: 'key', ...SCOPE }
const run = { ...key, runs: ['parent'] }
const given = new Map([['api_calls', 5]])
const asked = { limits: { api_calls: 5 }, procedures: ['tools.qrCode'] }

describe('a run', () => {
  it('may have exactly what its parent has', () => {
    for (const parent of [key, run]) {
      expect(() => checkAttenuation(parent, given, asked)).not.toThrow()
    }
  })

  it.each([
    ['a credit more', { ...asked, limits: { api_calls: 6 } }, 'a limit of 5 of api_calls'],
    ['another meter', { ...asked, limits: { ai_tokens: 1 } }, 'may not spend ai_tokens'],
    ['another procedure', { ...asked, procedures: ['text.summarize'] }, 'not call text.summarize'],
  ])('may not have %s', (_more, more, message) => {
    for (const parent of [key, run]) {
      expect(() => checkAttenuation(parent, given, more)).toThrow(message)
    }
  })

  it('of a key without a limit may have any amount, and of a run without one none', () => {
    expect(() => checkAttenuation(key, new Map(), asked)).not.toThrow()
    expect(() => checkAttenuation(run, new Map(), asked)).toThrow('a limit of 0 of api_calls')
  })

  it('has a bounded number of runs above it', () => {
    const runs = Array.from({ length: RUN_DEPTH_MAX }, (_, n) => `run-${n}`)
    const above = { ...key, runs: runs.slice(1) }
    expect(() => checkAttenuation(above, given, asked)).not.toThrow()
    expect(() => checkAttenuation({ ...key, runs }, given, asked)).toThrow('8 deep')
  })
})
