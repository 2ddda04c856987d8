import type { BalanceUpdate } from '@tollgate/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTollgate } from './create-tollgate.ts'
import { connect } from './fixtures/connect.ts'
import { DATE_TRANSFORMER } from './fixtures/date-transformer.ts'
import type { EchoRouter } from './fixtures/example-router.ts'
import { REFUSALS } from './fixtures/refusals.ts'
import { startExampleServer } from './fixtures/example-server.ts'
import { billingErrorOf, intent, newOperationKey } from './index.ts'

let server: Awaited<ReturnType<typeof startExampleServer>>
beforeEach(async () => {
  server = await startExampleServer()
})
afterEach(() => server.stop())

/** A network that delivers the request and loses the first answers. */
function losing(answers: number): typeof fetch {
  let left = answers
  return async (input, init) => {
    const response = await fetch(input, init)
    if (left-- > 0) throw new TypeError('The connection was reset.')
    return response
  }
}

describe('a billed call', () => {
  it('charges once when its answers get lost', async () => {
    const { client } = connect({ url: server.url, fetch: losing(2) })
    const key = newOperationKey()
    await client.images.generate.mutate({ prompt: 'a fox' }, intent(key))
    expect(server.billing.requests).toHaveLength(3)
    expect([...server.billing.charged]).toEqual([[key, 1]])
  })

  it.each([
    ['an object', { prompt: 'a fox' }],
    ['an array', ['a', 'b']],
    ['a string', 'a fox'],
    ['a number', 7],
    ['nothing', undefined],
  ])('sends %s as it is, with its key beside it', async (_what, input) => {
    const { untyped } = connect({ url: server.url })
    await untyped.mutation('images.generate', input, intent())
    expect(server.billing.inputs).toEqual([input])
    expect([...server.billing.charged.keys()]).toEqual([expect.stringMatching(/^op_/)])
  })

  it('sends a form with its files', async () => {
    const form = new FormData()
    form.set('title', 'a fox')
    form.set('file', new File(['red'], 'fox.txt'))
    const { untyped } = connect({ url: server.url })
    await untyped.mutation('images.generate', form, intent())
    const [sent] = server.billing.inputs
    expect(sent instanceof FormData && sent.get('title')).toBe('a fox')
    expect(sent instanceof FormData && (await textOf(sent.get('file')))).toBe('red')
    expect([...server.billing.charged.keys()]).toEqual([expect.stringMatching(/^op_/)])
  })

  it('is an intent of its own when it is given no key, also when its first answers get lost', async () => {
    const { client } = connect({ url: server.url, fetch: losing(2) })
    await client.images.generate.mutate({ prompt: 'a fox' })
    await client.images.generate.mutate({ prompt: 'a fox' })
    expect(server.billing.requests).toHaveLength(4)
    expect(server.billing.charged.size).toBe(2)
  })

  it('travels alone while queries travel together, but for the catalog, which a browser keeps', async () => {
    const { client } = connect({ url: server.url })
    await Promise.all([
      client.images.generate.mutate({ prompt: 'a fox' }),
      client.tools.qrCode.mutate({ text: 'hello' }),
      client.billing.balance.query(),
      client.billing.activity.query({}),
      client.billing.catalog.query(),
      client.billing.checkout.mutate({ priceSlug: 'pro_monthly', returnTo: '/' }),
    ])
    const paths = server.billing.requests.map(({ url }) => url.replace(/^\/|\?.*$/g, '')).sort()
    expect(paths).toEqual([
      'billing.balance,billing.activity',
      'billing.catalog',
      'billing.checkout',
      'images.generate',
      'tools.qrCode',
    ])
    expect(server.billing.charged.size).toBe(2)
  })

  it('hands on what it cost and what is left', async () => {
    const balances: BalanceUpdate[] = []
    const { client, receiptOf, onBalances } = connect({ url: server.url })
    onBalances((updates) => balances.push(...updates))
    const key = newOperationKey()
    await client.images.generate.mutate({ prompt: 'a fox' }, intent(key))
    expect(balances).toMatchObject([{ meter: 'image_generations', remaining: 9, version: 1 }])
    expect(receiptOf(key)).toMatchObject({
      charges: [{ meter: 'image_generations', amount: 1 }],
      replayed: false,
    })
  })

  it('carries the token of callers without cookies', async () => {
    const { client } = connect({ url: server.url, getToken: async () => 'secret' })
    await client.billing.balance.query()
    expect(server.billing.requests).toMatchObject([{ authorization: 'Bearer secret' }])
  })

  it('carries the API key of a program', async () => {
    const { client } = connect({ url: server.url, apiKey: 'tollgate_sk_secret' })
    await client.billing.balance.query()
    expect(server.billing.requests).toMatchObject([{ authorization: 'Bearer tollgate_sk_secret' }])
  })
})

describe('a refusal', () => {
  it('of an empty balance is not retried and still updates the balance', async () => {
    server.billing.refusals.push(REFUSALS.insufficient_credits)
    const balances: BalanceUpdate[] = []
    const { client, onBalances } = connect({ url: server.url })
    onBalances((some) => balances.push(...some))
    const error = await client.images.generate
      .mutate({ prompt: 'a fox' })
      .catch((reason: unknown) => reason)
    expect(billingErrorOf(error)).toEqual(REFUSALS.insufficient_credits)
    expect(balances).toHaveLength(1)
    expect(server.billing.requests).toHaveLength(1)
  })

  it.each(['in_progress', 'rate_limited', 'billing_unavailable'] as const)(
    'of kind %s is waited out with the same key',
    async (kind) => {
      server.billing.refusals.push(REFUSALS[kind], REFUSALS[kind])
      const { client } = connect({ url: server.url })
      const key = newOperationKey()
      await client.images.generate.mutate({ prompt: 'a fox' }, intent(key))
      expect(server.billing.requests).toHaveLength(3)
      expect([...server.billing.charged.keys()]).toEqual([key])
    },
  )

  it.each(['key_reused', 'rate_limited_long'] as const)(
    'of kind %s is reported without a retry',
    async (kind) => {
      server.billing.refusals.push(REFUSALS[kind])
      const { client } = connect({ url: server.url })
      await expect(client.images.generate.mutate({ prompt: 'a fox' })).rejects.toThrow(
        REFUSALS[kind].message,
      )
      expect(server.billing.requests).toHaveLength(1)
    },
  )
})

describe('a billed stream', () => {
  it('arrives piece by piece and ends with its receipt', async () => {
    const { client } = connect({ url: server.url })
    const types: string[] = []
    // No piece is produced before the previous one has arrived.
    server.billing.afterPiece = (made) =>
      vi.waitUntil(() => types.length >= made, { timeout: 15_000 })
    const stream = await client.text.summarize.mutate({ text: 'long' })
    for await (const chunk of stream) types.push(chunk.type)
    expect(types).toEqual(['delta', 'delta', 'delta', 'receipt'])
  })

  it('stops the work when the reader stops', async () => {
    const { client } = connect({ url: server.url })
    server.billing.afterPiece = () => new Promise(() => {})
    const abort = new AbortController()
    const read = async () => {
      const options = { signal: abort.signal }
      for await (const _ of await client.text.summarize.mutate({ text: 'long' }, options)) {
        abort.abort()
      }
    }
    await expect(read()).rejects.toThrow(/abort/i)
    await expect.poll(() => server.billing.streamAborted).toBe(true)
  })

  it('comes in one piece where streams cannot be read', async () => {
    const { client } = connect({ url: server.url, stream: false })
    const types: string[] = []
    const input = { text: 'long' }
    for await (const chunk of await client.text.summarize.mutate(input)) types.push(chunk.type)
    expect(types).toEqual(['delta', 'delta', 'delta', 'receipt'])
    expect(server.billing.requests[0]?.url).not.toContain('batch=1')
  })
})

describe('a router with a transformer', () => {
  it('has it on every way to the server and back', async () => {
    const transformed = await startExampleServer({ transformer: DATE_TRANSFORMER })
    const { untyped } = createTollgate<EchoRouter>({
      url: transformed.url,
      streams: { 'echo.pieces': true },
      transformer: DATE_TRANSFORMER,
    })
    const at = new Date('2026-11-22T12:00:00Z')
    expect(await untyped.mutation('echo.once', { at })).toEqual({ at })
    expect(await untyped.query('echo.read', { at })).toEqual({ at })
    const pieces: unknown[] = []
    const stream: unknown = await untyped.mutation('echo.pieces', { at })
    for await (const piece of isStream(stream) ? stream : []) pieces.push(piece)
    expect(pieces).toEqual([{ at }])
    expect(transformed.billing.inputs).toEqual([{ at }])
    await transformed.stop()
  })
})

describe('a submitted call', () => {
  it('is charged once when the same input is submitted again after a lost answer', async () => {
    const network = losing(1)
    const tollgate = connect({ url: server.url, fetch: network, retry: false })
    const draw = () => tollgate.submit((api) => api.images.generate, { prompt: 'a fox' })
    await expect(draw()).rejects.toThrow('The connection was reset.')
    const { key, receipt } = await draw()
    expect([...server.billing.charged.keys()]).toEqual([key])
    expect(receipt).toMatchObject({ charges: [{ meter: 'image_generations', amount: 1 }] })
    expect(tollgate.intents.list()).toEqual([])
  })

  it('is another purchase when the first one was answered', async () => {
    const tollgate = connect({ url: server.url })
    await tollgate.submit((api) => api.images.generate, { prompt: 'a fox' })
    await tollgate.submit((api) => api.images.generate, { prompt: 'a fox' })
    expect(server.billing.charged.size).toBe(2)
  })

  it('needs a procedure to point at', () => {
    const tollgate = connect({ url: server.url })
    // @ts-expect-error a group is not a procedure
    expect(() => tollgate.submit((api) => api, {})).toThrow('Point at a procedure')
  })
})

async function textOf(value: FormDataEntryValue | null): Promise<string | null> {
  return value instanceof File ? value.text() : value
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
