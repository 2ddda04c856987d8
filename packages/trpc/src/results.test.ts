import { randomUUID } from 'node:crypto'
import { type BillingCustomer, type CustomerId } from '@tollgate/contract'
import { initTRPC, type TRPCDataTransformer } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openStudio, type Studio } from './fixtures/open-studio.ts'
import { studioCatalog } from './fixtures/studio-app.ts'
import { billingErrors, createBilling, streamOf } from './index.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.close())

/** An application with a `present` option, whose customers may have been guests before. */
function createApp(guests: Record<string, CustomerId[]> = {}, transformer?: TRPCDataTransformer) {
  const t = initTRPC.context<{ user: { id: string; email: string } }>().create({
    errorFormatter: billingErrors,
    ...(transformer ? { transformer } : {}),
  })
  const billing = createBilling({
    t,
    catalog: studioCatalog,
    metering: studio.metering,
    customer: (ctx) => ctx.user,
    guestsOf: (_ctx, customerId) => guests[customerId] ?? [],
    present: (output, operationId) =>
      typeof output === 'object' ? { ...output, at: `/files/${operationId}` } : output,
  })
  const priced = billing.procedure({ meter: 'renders', amount: 1, example: { title: 'a fox' } })
  const input = z.object({ title: z.string() })
  const router = t.router({
    billing: billing.router,
    draw: priced.input(input).mutation(({ input: { title } }) => ({ title })),
    tell: priced
      .input(input)
      .output(streamOf(z.object({ type: z.string(), title: z.string() }).or(textChunk)))
      .mutation(async function* ({ input: { title } }) {
        yield { type: 'about', title }
        yield { type: 'delta', text: 'Once upon' }
        yield { type: 'delta', text: ' a time' }
      }),
  })

  async function send(path: string, body: unknown, user: BillingCustomer): Promise<unknown> {
    const isRead = path.startsWith('billing.')
    const query = isRead ? `?input=${encodeURIComponent(JSON.stringify(body))}` : ''
    const req = new Request(`https://films.example/trpc/${path}${query}`, {
      ...(isRead ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', 'Idempotency-Key': randomUUID() },
    })
    const createContext = () => ({ user: { id: user.customerId, email: user.email } })
    const response = await fetchRequestHandler(
      billing.http({ endpoint: '/trpc', req, router, createContext }),
    )
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return z.object({ result: z.object({ data: z.unknown() }) }).parse(JSON.parse(text)).result.data
  }
  return { send }
}

const textChunk = z.object({ type: z.literal('delta'), text: z.string() })
const page = z.object({
  items: z.array(z.looseObject({ operationId: z.string(), output: z.unknown() })),
  nextCursor: z.string().nullable(),
})

describe('billing.results', () => {
  it('answers what was paid for as the call itself did, a stream as its text', async () => {
    const app = createApp()
    const customer = studio.newCustomer(10)
    const drawn = await app.send('draw', { title: 'A fox' }, customer)
    await app.send('tell', { title: 'A tale' }, customer)
    const { items } = page.parse(await app.send('billing.results', {}, customer))
    expect(items).toMatchObject([
      {
        procedure: 'tell',
        streamed: true,
        complete: true,
        output: { title: 'A tale', text: 'Once upon a time' },
        charges: [{ meter: 'renders', amount: 1 }],
      },
      { procedure: 'draw', streamed: false, output: drawn },
    ])
  })

  it('of one procedure leaves the others out, and goes on page by page', async () => {
    const app = createApp()
    const customer = studio.newCustomer(10)
    for (const title of ['one', 'two']) await app.send('draw', { title }, customer)
    await app.send('tell', { title: 'three' }, customer)
    const read = async (input: object) =>
      page.parse(
        await app.send('billing.results', { procedure: 'draw', limit: 1, ...input }, customer),
      )
    const first = await read({})
    const second = await read({ cursor: first.nextCursor })
    expect([...first.items, ...second.items]).toMatchObject([
      { output: { title: 'two' } },
      { output: { title: 'one' } },
    ])
    expect(second.nextCursor).toBeNull()
  })

  it('has what the customer paid for as a guest, with its receipt, and nothing of anyone else', async () => {
    const [guest, account, other] = [10, 10, 10].map((credits) => studio.newCustomer(credits))
    if (!guest || !account || !other) throw new Error('There are three.')
    const app = createApp({ [account.customerId]: [guest.customerId] })
    for (const who of [guest, account, other]) await app.send('draw', { title: who.name }, who)
    const list = async (who: BillingCustomer) =>
      page.parse(await app.send('billing.results', {}, who)).items
    expect(await list(account)).toMatchObject([
      { output: { title: account.name } },
      { output: { title: guest.name } },
    ])
    expect(await list(guest)).toHaveLength(1)

    const [ofGuest] = await list(guest)
    const receipt = (who: BillingCustomer) =>
      app.send('billing.receipt', { operationId: ofGuest?.operationId }, who)
    const expected = {
      procedure: 'draw',
      state: 'settled',
      charges: [{ meter: 'renders', held: 1, charged: 1, balanceAfter: 9 }],
      result: { output: { title: guest.name, at: `/files/${ofGuest?.operationId}` } },
    }
    expect(await receipt(account)).toMatchObject(expected)
    expect(await receipt(guest)).toMatchObject(expected)
    expect(await receipt(other)).toBeNull()
  })

  it('is read with the transformer that has written it', async () => {
    const wrapped: TRPCDataTransformer = {
      serialize: (value) => ({ wrapped: value }),
      deserialize: (value) => z.object({ wrapped: z.unknown() }).parse(value).wrapped,
    }
    const app = createApp({}, wrapped)
    const customer = studio.newCustomer(10)
    await app.send('draw', { wrapped: { title: 'A fox' } }, customer)
    expect(await app.send('billing.results', { wrapped: {} }, customer)).toMatchObject({
      wrapped: { items: [{ output: { title: 'A fox' } }] },
    })
  })
})
