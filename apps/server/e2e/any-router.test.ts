// The client also runs in browsers, so its types refer to the DOM's.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { randomUUID } from 'node:crypto'
import {
  createIntentStore,
  createReplay,
  createTollgate,
  intent,
  type IntentStoreStorage,
  type ReplayOutcome,
} from '@tollgate/client'
import { customerId, defineCatalog } from '@tollgate/contract'
import { createMetering } from '@tollgate/metering'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { createTestDatabase } from '@tollgate/testing/database'
import { billingErrors, createBilling } from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import superjson from 'superjson'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const catalog = defineCatalog({
  meters: { renders: { name: 'Renders', unit: 'render', units: 'renders' } },
})

let films: Awaited<ReturnType<typeof openFilms>>
beforeAll(async () => {
  films = await openFilms()
})
afterAll(() => films.close())

/** Another application with its own meters, built on superjson. */
async function openFilms() {
  const backend = createFakeBackend({ catalog, welcome: { renders: 10 } })
  const { database, drop } = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
  const metering = createMetering({
    database,
    backend,
    catalog,
    secret: 'a secret of at least thirty-two characters',
    plansUrl: '/plans',
  })
  const t = initTRPC
    .context<{ user: { id: string; email: string } }>()
    .create({ errorFormatter: billingErrors, transformer: superjson })
  const billing = createBilling({ t, catalog, metering, customer: ({ user }) => user })
  const price = { meter: 'renders', amount: 1 } as const
  const router = t.router({
    billing: billing.router,
    shoot: billing
      .procedure({ ...price, example: { at: new Date(0) } })
      .input(z.object({ at: z.date() }))
      .mutation(({ input }) => ({ at: input.at, frames: 24n, scenes: new Set(['dawn']) })),
    join: billing
      .procedure({ ...price, example: ['a'] })
      .input(z.array(z.string()).min(1))
      .mutation(({ input }) => input.join('+')),
    shout: billing
      .procedure({ ...price, example: 'a' })
      .input(z.string().min(1))
      .mutation(({ input }) => input.toUpperCase()),
    ping: billing.procedure({ ...price, example: undefined }).mutation(() => 'pong'),
    upload: billing.procedure
      .input(z.instanceof(FormData))
      .price({ ...price, example: new FormData() })
      .mutation(({ input }) => {
        const title = input.get('title')
        return typeof title === 'string' ? title : null
      }),
    reel: billing
      .procedure({ ...price, example: { at: new Date(0) } })
      .input(z.object({ at: z.date() }))
      .mutation(async function* ({ input }) {
        yield input.at
      }),
  })
  return {
    router,
    billing,
    /** A customer with ten renders. */
    newCustomer() {
      const id = randomUUID()
      const email = `${id}@example.com`
      const customer = { customerId: customerId(id), name: id, email }
      return { id, email, balances: () => metering.balances(customer) }
    },
    async close() {
      await metering.stop()
      await drop()
    },
  }
}

/** A new customer's program: the client of the application's router over its fetch adapter. */
function open(given: { storage?: IntentStoreStorage; isOffline?: () => boolean } = {}) {
  const customer = films.newCustomer()
  const start = () =>
    createTollgate<typeof films.router>({
      url: 'https://films.example/trpc',
      streams: { reel: true },
      transformer: superjson,
      retry: false,
      intents: createIntentStore({
        storage: given.storage ?? mapStorage(),
        owner: customer.id,
        transformer: superjson,
      }),
      async fetch(url, init) {
        if (given.isOffline?.()) throw new TypeError('The network is away.')
        return fetchRequestHandler(
          films.billing.http({
            endpoint: '/trpc',
            req: new Request(url, init),
            router: films.router,
            createContext: () => ({ user: customer }),
          }),
        )
      },
    })
  const left = async () => (await customer.balances())[0]?.remaining
  return { start, tollgate: start(), left }
}

const at = new Date('2026-11-29T05:00:00Z')

describe('a client of another application with superjson', () => {
  it('gets dates, sets and bigints from the work and from its stored answer, charged once', async () => {
    const { tollgate, left } = open()
    const once = intent()
    const first = await tollgate.client.shoot.mutate({ at }, once)
    expect(first).toEqual({ at, frames: 24n, scenes: new Set(['dawn']) })
    expect(await tollgate.client.shoot.mutate({ at }, once)).toEqual(first)
    expect(tollgate.receiptOf(once.context.operationKey)).toMatchObject({ replayed: true })
    expect(await left()).toBe(9)
  })

  it('sends arrays, texts and nothing as they are', async () => {
    const { tollgate, left } = open()
    expect(await tollgate.client.join.mutate(['a', 'b'])).toBe('a+b')
    expect(await tollgate.client.shout.mutate('quiet')).toBe('QUIET')
    expect(await tollgate.client.ping.mutate()).toBe('pong')
    expect(await left()).toBe(7)
  })

  it('sends forms, and is refused another one under the same key', async () => {
    const { tollgate, left } = open()
    const once = intent()
    expect(await tollgate.client.upload.mutate(form('a fox'), once)).toBe('a fox')
    expect(await tollgate.client.upload.mutate(form('a fox'), once)).toBe('a fox')
    const other: unknown = await tollgate.client.upload
      .mutate(form('a hen'), once)
      .catch((error: unknown) => error)
    expect(tollgate.billingErrorOf(other)).toMatchObject({ kind: 'key_reused' })
    expect(await left()).toBe(9)
  })

  it('reads the pieces of a stream as they were yielded, up to the receipt', async () => {
    const { tollgate } = open()
    const pieces: unknown[] = []
    for await (const piece of await tollgate.client.reel.mutate({ at })) pieces.push(piece)
    expect(pieces).toMatchObject([at, { type: 'receipt' }])
  })

  it('sends after a restart what was clicked without a network, once and as it was', async () => {
    let isOffline = true
    const storage = mapStorage()
    const { start, tollgate, left } = open({ storage, isOffline: () => isOffline })
    await expect(tollgate.submit((api) => api.shoot, { at })).rejects.toThrow('is away')
    isOffline = false
    const outcomes: ReplayOutcome[] = []
    const onOutcome = (outcome: ReplayOutcome) => void outcomes.push(outcome)
    const replay = createReplay({ tollgate: start(), onOutcome })
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([
      { kind: 'done', intent: { input: { at } }, output: { at, frames: 24n } },
    ])
    expect(await left()).toBe(9)
  })
})

function form(title: string): FormData {
  const data = new FormData()
  data.set('title', title)
  return data
}

function mapStorage(): IntentStoreStorage {
  const items = new Map<string, string>()
  return {
    keys: () => [...items.keys()],
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  }
}
