import { describe, expect, it } from 'vitest'
import { countTokens } from './count-tokens.ts'
import { createExtractiveModel } from './extractive-model.ts'
import { tokensAtMost } from './tokens-at-most.ts'

const model = createExtractiveModel({ pauseMs: 0 })
const { signal } = new AbortController()
const operation = { reportCost() {} }

const text = `A tollgate counts carts. The weather was fine that day. The tollgate keeper counts every cart
once, and a cart that turns around is not counted. Someone sang. Carts that cannot pay do not pass the tollgate.`

async function summarize(request: { text: string; sentences: number }) {
  const pieces: string[] = []
  for await (const piece of model.summarize({ ...request, signal, operation })) pieces.push(piece)
  return pieces
}

describe('the extractive model', () => {
  it('streams the most informative sentences, in their order, word by word', async () => {
    const pieces = await summarize({ text, sentences: 3 })
    expect(pieces.join('')).toBe(
      'A tollgate counts carts. The tollgate keeper counts every cart once, and a cart that turns around is not counted. ' +
        'Carts that cannot pay do not pass the tollgate.',
    )
    expect(pieces).toHaveLength(pieces.join('').split(' ').length)
  })

  it('streams a short text whole', async () => {
    expect((await summarize({ text: 'Just this.', sentences: 3 })).join('')).toBe('Just this.')
  })

  it.each([
    { name: 'one endless sentence', text: 'and so on '.repeat(2000).trim() },
    { name: 'one endless word', text: 'a'.repeat(20_000) },
    { name: 'nothing but points', text: '. '.repeat(9000).trim() },
    { name: 'many sentences', text: `${text} `.repeat(80).trim() },
  ])('stays within what was held for $name', async (request) => {
    const pieces = await summarize({ ...request, sentences: 10 })
    const counts = await Promise.all(pieces.map(countTokens))
    const used = counts.reduce((sum, count) => sum + count, await countTokens(request.text))
    expect(used).toBeLessThanOrEqual(await tokensAtMost({ ...request, sentences: 10 }))
  })

  it('stops when it is aborted', async () => {
    const abort = new AbortController()
    const slow = createExtractiveModel({ pauseMs: 5 })
    const read = async () => {
      for await (const _ of slow.summarize({
        text,
        sentences: 3,
        signal: abort.signal,
        operation,
      })) {
        abort.abort()
      }
    }
    await expect(read()).rejects.toThrow('abort')
  })
})
