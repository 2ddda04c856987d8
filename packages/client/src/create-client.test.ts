import type { BalanceUpdate } from '@tollgate/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { billingErrorOf, createClient, newOperationKey, withOperationKey } from './index.ts'
import { REFUSALS } from './fixtures/refusals.ts'
import { startTollServer } from './fixtures/toll-server.ts'

let server: Awaited<ReturnType<typeof startTollServer>>
beforeEach(async () => {
  server = await startTollServer()
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
    const client = createClient({ url: server.url, fetch: losing(2) })
    const key = newOperationKey()
    await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }, key))
    expect(server.toll.requests).toHaveLength(3)
    expect([...server.toll.charged]).toEqual([[key, 1]])
  })

  it('keeps the key out of the input the server sees', async () => {
    const client = createClient({ url: server.url })
    await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }))
    expect(server.toll.inputs).toEqual([{ prompt: 'a fox' }])
  })

  it('is refused before it is sent when it has no key', async () => {
    const client = createClient({ url: server.url })
    await expect(client.images.generate.mutate({ prompt: 'a fox' })).rejects.toThrow(
      /withOperationKey\(\)/,
    )
    expect(server.toll.requests).toEqual([])
  })

  it('travels alone while queries travel together, but for the catalog, which a browser keeps', async () => {
    const client = createClient({ url: server.url })
    await Promise.all([
      client.images.generate.mutate(withOperationKey({ prompt: 'a fox' })),
      client.tools.qrCode.mutate(withOperationKey({ text: 'hello' })),
      client.billing.balance.query(),
      client.billing.activity.query({}),
      client.billing.catalog.query(),
    ])
    const paths = server.toll.requests.map(({ url }) => url.replace(/^\/|\?.*$/g, '')).sort()
    expect(paths).toEqual([
      'billing.balance,billing.activity',
      'billing.catalog',
      'images.generate',
      'tools.qrCode',
    ])
    expect(server.toll.charged.size).toBe(2)
  })

  it('hands on what it cost and what is left', async () => {
    const receipts: [string, unknown][] = []
    const balances: BalanceUpdate[] = []
    const client = createClient({
      url: server.url,
      onReceipt: (of, receipt) => receipts.push([of, receipt]),
      onBalances: (updates) => balances.push(...updates),
    })
    const key = newOperationKey()
    await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }, key))
    expect(balances).toMatchObject([{ meter: 'image_generations', remaining: 9, version: 1 }])
    expect(receipts).toMatchObject([
      [key, { charges: [{ meter: 'image_generations', amount: 1 }], replayed: false }],
    ])
  })

  it('carries the token of callers without cookies', async () => {
    const client = createClient({ url: server.url, getToken: async () => 'secret' })
    await client.billing.balance.query()
    expect(server.toll.requests).toMatchObject([{ authorization: 'Bearer secret' }])
  })
})

describe('a refusal', () => {
  it('of an empty balance is not tried again and still tells the balance', async () => {
    server.toll.refusals.push(REFUSALS.exhausted)
    const balances: BalanceUpdate[] = []
    const client = createClient({ url: server.url, onBalances: (some) => balances.push(...some) })
    const error = await client.images.generate
      .mutate(withOperationKey({ prompt: 'a fox' }))
      .catch((reason: unknown) => reason)
    expect(billingErrorOf(error)).toEqual(REFUSALS.exhausted)
    expect(balances).toHaveLength(1)
    expect(server.toll.requests).toHaveLength(1)
  })

  it.each(['in_progress', 'rate_limited', 'billing_unavailable'] as const)(
    'of kind %s is waited out with the same key',
    async (kind) => {
      server.toll.refusals.push(REFUSALS[kind], REFUSALS[kind])
      const client = createClient({ url: server.url })
      const key = newOperationKey()
      await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }, key))
      expect(server.toll.requests).toHaveLength(3)
      expect([...server.toll.charged.keys()]).toEqual([key])
    },
  )

  it.each(['key_reused', 'rate_limited_long'] as const)(
    'of kind %s is told at once',
    async (kind) => {
      server.toll.refusals.push(REFUSALS[kind])
      const client = createClient({ url: server.url })
      await expect(
        client.images.generate.mutate(withOperationKey({ prompt: 'a fox' })),
      ).rejects.toThrow(REFUSALS[kind].message)
      expect(server.toll.requests).toHaveLength(1)
    },
  )
})

describe('a billed stream', () => {
  it('arrives piece by piece and ends with its receipt', async () => {
    const client = createClient({ url: server.url })
    const arrivals: number[] = []
    const types: string[] = []
    const stream = await client.text.summarize.mutate(withOperationKey({ text: 'long' }))
    for await (const chunk of stream) {
      types.push(chunk.type)
      arrivals.push(performance.now())
    }
    expect(types).toEqual(['delta', 'delta', 'delta', 'receipt'])
    expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(50)
  })

  it('stops the work when the reader stops', async () => {
    const client = createClient({ url: server.url })
    const abort = new AbortController()
    const read = async () => {
      const input = withOperationKey({ text: 'long' })
      for await (const _ of await client.text.summarize.mutate(input, { signal: abort.signal })) {
        abort.abort()
      }
    }
    await expect(read()).rejects.toThrow(/abort/i)
    await expect.poll(() => server.toll.streamAborted).toBe(true)
  })

  it('comes in one piece where streams cannot be read', async () => {
    const client = createClient({ url: server.url, stream: false })
    const types: string[] = []
    const input = withOperationKey({ text: 'long' })
    for await (const chunk of await client.text.summarize.mutate(input)) types.push(chunk.type)
    expect(types).toEqual(['delta', 'delta', 'delta', 'receipt'])
    expect(server.toll.requests[0]?.url).not.toContain('batch=1')
  })
})
