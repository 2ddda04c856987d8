import { randomUUID } from 'node:crypto'
import { createTRPCClient, httpBatchStreamLink, httpLink, splitLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import superjson from 'superjson'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openStudio, type Studio } from './fixtures/open-studio.ts'
import { studioCatalog } from './fixtures/studio-app.ts'
import { billingErrors, createBilling, jobKey } from './index.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.close())

const input = z.object({ from: z.date(), tags: z.set(z.string()) })
const example = { from: new Date(0), tags: new Set(['fox']) }
const price = { meter: 'renders', amount: 1, example } as const
const sent = { from: new Date('2026-11-29T04:00:00Z'), tags: new Set(['fox', 'owl']) }
const film = {
  at: new Date('2026-11-29T05:00:00Z'),
  frames: 9_007_199_254_740_993n,
  scenes: new Map([['dawn', new Set([1, 2])]]),
  cut: undefined,
}

/** An application with superjson, as create-t3 sets it up. */
function createApp() {
  const t = initTRPC
    .context<{ user: { id: string; email: string } }>()
    .create({ errorFormatter: billingErrors, transformer: superjson })
  const { metering } = studio
  const billing = createBilling({
    t,
    catalog: studioCatalog,
    metering,
    customer: ({ user }) => user,
  })
  const router = t.router({
    billing: billing.router,
    film: billing
      .procedure(price)
      .input(input)
      .mutation(() => film),
    broken: billing
      .procedure(price)
      .input(input)
      .mutation(() => ({ later: Promise.resolve(1) })),
    reel: billing
      .procedure(price)
      .input(input)
      .mutation(async function* () {
        yield film
        yield film.at
      }),
  })
  return { billing, router }
}

/** What a tRPC link passes to `fetch`. */
type SentInit = Omit<RequestInit, 'signal'> & { signal?: AbortSignal | null | undefined }

/** A client with superjson, as an application would write it. */
function connect(credits = 10) {
  const app = createApp()
  const { customerId: id, email } = studio.newCustomer(credits)
  const options = {
    url: 'https://films.example/trpc',
    transformer: superjson,
    headers: ({ op }: { op?: { context: Record<string, unknown> } }) => ({
      'Idempotency-Key': String(op?.context['key']),
    }),
    fetch: async (url: string | URL | Request, init: SentInit = {}) =>
      fetchRequestHandler(
        app.billing.http({
          endpoint: '/trpc',
          req: new Request(url, { ...init, signal: init.signal ?? null }),
          router: app.router,
          createContext: () => ({ user: { id, email } }),
        }),
      ),
  }
  const client = createTRPCClient<typeof app.router>({
    links: [
      splitLink({
        condition: ({ path }) => path === 'reel',
        true: httpBatchStreamLink({
          ...options,
          headers: ({ opList }) => options.headers({ op: opList[0] }),
        }),
        false: httpLink(options),
      }),
    ],
  })
  return { app, client, customer: { id, email } }
}

async function collected<Chunk>(chunks: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const all: Chunk[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

describe('an application with superjson', () => {
  it('gets dates, maps, sets and bigints back, from the work and from a replay', async () => {
    const { client, customer } = connect()
    const context = { key: randomUUID() }
    const first = await client.film.mutate(sent, { context })
    expect(first).toEqual(film)
    expect(await client.film.mutate(sent, { context })).toEqual(film)
    const left = await client.billing.balance.query()
    expect(left.balances).toContainEqual(
      expect.objectContaining({ meter: 'renders', remaining: 9 }),
    )
    expect(customer.id).not.toBe('')
  })

  it('refuses other dates or sets under the same key', async () => {
    const { client } = connect()
    const context = { key: randomUUID() }
    await client.film.mutate(sent, { context })
    const others = [
      { ...sent, from: new Date(1) },
      { ...sent, tags: new Set(['fox']) },
    ]
    for (const other of others) {
      await expect(client.film.mutate(other, { context })).rejects.toMatchObject({
        data: { billing: { kind: 'key_reused' } },
      })
    }
  })

  it('gets the chunks of a stream back as they were, from the work and from a replay', async () => {
    const { client } = connect()
    const context = { key: randomUUID() }
    const [first, replayed] = [
      await collected(await client.reel.mutate(sent, { context })),
      await collected(await client.reel.mutate(sent, { context })),
    ]
    expect(first.slice(0, 2)).toEqual([film, film.at])
    expect(replayed.slice(0, 2)).toEqual([film, film.at])
    expect(replayed[2]).toMatchObject({ type: 'receipt', receipt: { replayed: true } })
  })

  it('gets the result of a job back as it was when the job is delivered again', async () => {
    const { app, customer } = connect()
    const job = {
      customer,
      key: jobKey('film', randomUUID()),
      operation: 'jobs.film',
      charges: { renders: 1 },
    }
    const first = await app.billing.run(job, async () => film)
    expect(first.output).toEqual(film)
    expect(await app.billing.run(job, async () => film)).toMatchObject({
      output: film,
      receipt: { replayed: true },
    })
  })

  it('is not charged for a result that even superjson would lose', async () => {
    const { client } = connect(1)
    const failing = client.broken.mutate(sent, { context: { key: randomUUID() } })
    await expect(failing).rejects.toThrow('a promise that was not awaited')
    await client.film.mutate(sent, { context: { key: randomUUID() } })
  })
})
