import { describe, expect, it } from 'vitest'
import { describeApiKey } from './describe-api-key.ts'
import { enApiKeys } from './en-api-keys.ts'
import { enBalance } from './en-balance.ts'
import { enRefusals } from './en-refusals.ts'
import { createFormats } from './formats.ts'

const words = { t: { ...enBalance, ...enRefusals, ...enApiKeys }, f: createFormats('en-GB', 'UTC') }
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const key = {
  procedures: null,
  meters: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
}

describe('an API key', () => {
  it('that is new and unlimited says so', () => {
    expect(describeApiKey(key, words, NOW)).toEqual({
      scope: 'Everything sold',
      times: 'Created 1 November · does not expire · not used yet',
    })
  })

  it('names what it may call and spend', () => {
    const scoped = { ...key, procedures: ['tools.qrCode'], meters: ['api_calls'] }
    expect(describeApiKey(scoped, words, NOW).scope).toBe('Only QR code, API calls')
  })

  it('has expired from the very moment of its end', () => {
    const ending = { ...key, expiresAt: '2026-11-22T12:00:00.000Z' }
    expect(describeApiKey(ending, words, NOW).times).toContain('expired 22 November')
    expect(describeApiKey(ending, words, NOW - 1).times).toContain('valid until 22 November')
  })
})
