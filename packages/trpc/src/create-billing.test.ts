import { randomUUID } from 'node:crypto'
import { type BillingCustomer, customerId, REPLAYED_HEADER } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createMetering, InsufficientCreditsError, type Metering } from '@tollgate/metering'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { createRehearsalBackend } from '@tollgate/testing/conformance'
import { createTestDatabase } from '@tollgate/testing/database'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStudioApp, studioCatalog } from './fixtures/studio-app.ts'
import { jobKey } from './index.ts'

const backend = createRehearsalBackend(studioCatalog)
let database: Database
let drop: () => Promise<void>
let metering: Metering
let app: ReturnType<typeof createStudioApp>
beforeAll(async () => {
  const made = await createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
  ;({ database, drop } = made)
  metering = createMetering({
    database,
    backend,
    catalog: studioCatalog,
    secret: 'a secret of at least thirty-two characters',
    wayOut: () => ({ upgradeUrl: '/plans', actions: [{ type: 'plans', url: '/plans' }] }),
  })
  app = createStudioApp(metering)
})
afterAll(async () => {
  await metering.stop()
  await drop()
})

/** A customer with so many credits of every meter. */
function newCustomer(credits: number): BillingCustomer {
  const id = randomUUID()
  const customer = { customerId: customerId(id), name: id, email: `${id}@example.com` }
  backend.open(customer, { credits: () => credits, features: [] })
  return customer
}

type Sent = { customer?: BillingCustomer | null; key?: string | null; body?: FormData }

function call(path: string, input: unknown, sent: Sent = {}): Promise<Response> {
  const { customer = newCustomer(10), key = randomUUID(), body } = sent
  const request = new Request(`https://films.example/trpc/${path}`, {
    method: 'POST',
    body: body ?? JSON.stringify(input ?? null),
    headers: {
      ...(body === undefined ? { 'content-type': 'application/json' } : {}),
      ...(key === null ? {} : { 'Idempotency-Key': key }),
    },
  })
  const user = customer && { id: customer.customerId, email: customer.email }
  return fetchRequestHandler(
    app.billing.http({
      endpoint: '/trpc',
      req: request,
      router: app.router,
      createContext: () => ({ user, tenant: 'acme' }),
    }),
  )
}

const answer = z.object({ result: z.object({ data: z.unknown() }) })

async function dataOf(response: Response): Promise<unknown> {
  const { result } = answer.parse(await response.json())
  return result.data
}

async function remaining(customer: BillingCustomer, meter: string) {
  return (await metering.balances(customer)).find((one) => one.meter === meter)?.remaining
}

describe('an application with its own context and meters', () => {
  it('charges a call once and answers a repetition with the stored result', async () => {
    const sent = { customer: newCustomer(10), key: randomUUID() }
    const first = await call('draw', { prompt: 'a fox' }, sent)
    expect(first.status).toBe(200)
    expect(first.headers.get('X-Billing')).toContain('"meter":"renders"')
    const again = await call('draw', { prompt: 'a fox' }, sent)
    expect(again.headers.get(REPLAYED_HEADER)).toBe('true')
    expect(await dataOf(again)).toBe(await dataOf(first))
    expect(await remaining(sent.customer, 'renders')).toBe(9)
  })

  it('refuses a caller without credits with 402 and the way on', async () => {
    const response = await call('draw', { prompt: 'a fox' }, { customer: newCustomer(0) })
    expect(response.status).toBe(402)
    const billing = { kind: 'exhausted', meter: 'renders', required: 1, upgradeUrl: '/plans' }
    expect(await response.json()).toMatchObject({ error: { data: { billing } } })
  })

  it.each([
    ['who is not signed in', { customer: null }, 401],
    ['without a key', { key: null }, 400],
  ])('refuses a caller %s', async (_who, sent, status) => {
    expect((await call('draw', { prompt: 'a fox' }, sent)).status).toBe(status)
  })

  it('never sells more than there is to a hundred calls at once', async () => {
    const customer = newCustomer(10)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => call('draw', { prompt: `${index}` }, { customer })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(90)
    await metering.drain()
    expect(backend.usedBy(customer).get('renders')).toBe(10)
  })

  it('runs what stands before the price before the hold, and what stands after it inside', async () => {
    const customer = newCustomer(10)
    app.trace.length = 0
    const response = await call('film', { seconds: '90' }, { customer })
    expect(await dataOf(response)).toEqual({ studio: 'acme films', frames: 2160 })
    expect(app.trace).toEqual(['before the hold', 'inside the hold of one'])
    expect(await remaining(customer, 'minutes')).toBe(9)
    expect(await remaining(customer, 'renders')).toBe(8)
  })

  it('charges nothing for an output that its schema refuses', async () => {
    const customer = newCustomer(100)
    expect((await call('film', { seconds: 3600 }, { customer })).status).toBe(500)
    expect(await remaining(customer, 'minutes')).toBe(100)
  })

  it('takes the same input for the same call where the price says so', async () => {
    const sent = { customer: newCustomer(10), key: null }
    const first = await dataOf(await call('once', { prompt: 'a fox' }, sent))
    expect(await dataOf(await call('once', { prompt: 'a fox' }, sent))).toBe(first)
    await call('once', { prompt: 'an owl' }, sent)
    expect(await remaining(sent.customer, 'renders')).toBe(8)
  })

  it('refuses another upload under the same key', async () => {
    const upload = (name: string) => {
      const form = new FormData()
      form.append('name', name)
      return form
    }
    const sent = { customer: newCustomer(10), key: randomUUID() }
    const first = await call('upload', null, { ...sent, body: upload('fox') })
    expect(await dataOf(first)).toBe('fox')
    expect((await call('upload', null, { ...sent, body: upload('fox') })).status).toBe(200)
    expect((await call('upload', null, { ...sent, body: upload('owl') })).status).toBe(422)
  })

  it('lists and quotes its own procedures', async () => {
    const request = new Request('https://films.example/trpc/billing.catalog')
    const response = await fetchRequestHandler(
      app.billing.http({
        endpoint: '/trpc',
        req: request,
        router: app.router,
        createContext: () => ({ user: null, tenant: 'acme' }),
      }),
    )
    expect(await dataOf(response)).toMatchObject({
      procedures: expect.arrayContaining([
        { path: 'draw', meter: 'renders', unit: 'render', cost: { kind: 'fixed', amount: 1 } },
      ]),
    })
    const quoted = await call('billing.quote', { path: 'film', input: { seconds: 90 } })
    expect(await dataOf(quoted)).toEqual({
      charges: [
        { meter: 'minutes', hold: 2 },
        { meter: 'renders', hold: 2 },
      ],
      settle: 'reported',
    })
  })

  it('says what to do when the options of the adapter are not wrapped', async () => {
    const user = { id: newCustomer(1).customerId, email: 'ada@example.com' }
    const caller = app.router.createCaller({ user, tenant: 'acme' })
    await expect(caller.draw({ prompt: 'a fox' })).rejects.toThrow('billing.http({ … })')
  })
})

describe('a job without a request', () => {
  it('is charged once, however often it is delivered', async () => {
    const { customerId: id, email } = newCustomer(10)
    const job = {
      customer: { id, email },
      key: jobKey('render', 17),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    const { output } = await app.billing.run(job, async () => 'rendered')
    const again = await app.billing.run(job, async () => 'rendered twice')
    expect(again).toMatchObject({ output, receipt: { replayed: true } })
    expect(await remaining({ customerId: id, name: id, email }, 'renders')).toBe(7)
  })

  it('gives its hold back when it throws, and may run again under its key', async () => {
    const { customerId: id, email } = newCustomer(10)
    const job = {
      customer: { id, email },
      key: jobKey('render', 18),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    const failing = app.billing.run(job, async () => {
      throw new RangeError('no paint')
    })
    await expect(failing).rejects.toThrow(new RangeError('no paint'))
    expect((await app.billing.run(job, async () => 'rendered')).receipt.replayed).toBe(false)
  })

  it('is refused as a plain HTTP answer where there is no tRPC', async () => {
    const { customerId: id, email } = newCustomer(1)
    const charges = { renders: 3 }
    const job = { customer: { id, email }, key: jobKey('r', 19), operation: 'jobs.render', charges }
    const refusal: unknown = await app.billing
      .run(job, async () => 'rendered')
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(InsufficientCreditsError)
    const response = app.billing.response(refusal)
    expect(response?.status).toBe(402)
    expect(await response?.json()).toMatchObject({ error: 'insufficient_credits', required: 3 })
    expect(app.billing.response(new Error('no'))).toBeNull()
  })
})
