import { describe, expect, it } from 'vitest'
import { countTokens } from './count-tokens.ts'

describe('countTokens', () => {
  it.each([
    { text: '', tokens: 0 },
    { text: 'hello world', tokens: 2 },
    { text: 'The quick brown fox jumps over the lazy dog.', tokens: 10 },
  ])('counts $tokens in "$text"', async ({ text, tokens }) => {
    expect(await countTokens(text)).toBe(tokens)
  })

  it('counts a text streamed word by word like the whole of it', async () => {
    const text = 'Every operation is paid for exactly once, whatever the network does.'
    const pieces = text.match(/ ?[^ ]+/gu) ?? []
    const counts = await Promise.all(pieces.map(countTokens))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(await countTokens(text))
  })

  it.each([
    { name: 'one letter', text: 'a'.repeat(20_000) },
    { name: 'blanks', text: ' '.repeat(20_000) },
    { name: 'new lines', text: '\n'.repeat(20_000) },
    { name: 'moons', text: '🌙'.repeat(10_000) },
    { name: 'a base64 string', text: Buffer.alloc(15_000, 'tollgate').toString('base64') },
  ])('is not held up by 20,000 characters of $name', async ({ text }) => {
    await countTokens('warm')
    const before = process.cpuUsage()
    expect(await countTokens(text)).toBeGreaterThan(0)
    // The encoder alone takes half a minute for the first of these.
    expect(process.cpuUsage(before).user).toBeLessThan(4_000_000)
  })
})
