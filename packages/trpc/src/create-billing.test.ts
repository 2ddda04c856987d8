import { randomUUID } from 'node:crypto'
import {
  type BillingCustomer,
  type CallSubject,
  defineCatalog,
  REPLAYED_HEADER,
} from '@tollgate/contract'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStudio, type Studio } from './fixtures/open-studio.ts'
import { dataOf, type Sent, sendCall } from './fixtures/send-call.ts'
import { createStudioApp, studioCatalog } from './fixtures/studio-app.ts'
import { billingErrors, createBilling, customerIdOf, jobKey } from './index.ts'

let studio: Studio
let app: ReturnType<typeof createStudioApp>
beforeAll(async () => {
  studio = await openStudio()
  app = createStudioApp(studio.metering)
})
afterAll(() => studio.close())

type How = Omit<Sent, 'user'> & { customer?: BillingCustomer | null }

function call(path: string, input: unknown, how: How = {}): Promise<Response> {
  const { customer = studio.newCustomer(10), ...sent } = how
  const user = customer && { id: customer.customerId, email: customer.email }
  return sendCall(app, path, input, { user, ...sent })
}

describe('an application with its own context and meters', () => {
  it('charges a call once and answers a repetition with the stored result', async () => {
    const sent = { customer: studio.newCustomer(10), key: randomUUID() }
    const first = await call('draw', { prompt: 'a fox' }, sent)
    expect(first.status).toBe(200)
    expect(first.headers.get('X-Billing')).toContain('"meter":"renders"')
    const again = await call('draw', { prompt: 'a fox' }, sent)
    expect(again.headers.get(REPLAYED_HEADER)).toBe('true')
    expect(await dataOf(again)).toBe(await dataOf(first))
    expect(await studio.remaining(sent.customer, 'renders')).toBe(9)
  })

  it('refuses a caller without credits with 402 and the page of the plans', async () => {
    const response = await call('draw', { prompt: 'a fox' }, { customer: studio.newCustomer(0) })
    expect(response.status).toBe(402)
    const billing = {
      kind: 'insufficient_credits',
      meter: 'renders',
      required: 1,
      upgradeUrl: '/plans',
    }
    expect(await response.json()).toMatchObject({ error: { data: { billing } } })
  })

  it.each([
    ['who is not signed in', { customer: null }, 401],
    ['without a key', { key: null }, 400],
  ])('refuses a caller %s', async (_who, sent, status) => {
    expect((await call('draw', { prompt: 'a fox' }, sent)).status).toBe(status)
  })

  it('charges no one for a click in a window that shows another account than the session acts for', async () => {
    const customer = studio.newCustomer(10)
    const { customerId: id, email } = customer
    const click = (actingFor: string, user: { account?: string } = {}) =>
      sendCall(app, 'draw', { prompt: 'a fox' }, { user: { id, email, ...user }, actingFor })
    expect((await click(id)).status).toBe(200)
    expect((await click('org_1', { account: 'org_1' })).status).toBe(200)
    for (const refused of [await click('cus_before'), await click(id, { account: 'org_1' })]) {
      expect(refused.status).toBe(409)
      const billing = { kind: 'account_changed', charged: false }
      expect(await refused.json()).toMatchObject({ error: { data: { billing } } })
    }
    expect(await studio.remaining(customer, 'renders')).toBe(8)
  })

  it('lets a member who does not pay spend credits, and neither buy nor change the plan', async () => {
    const { customerId: id, email } = studio.newCustomer(10)
    const as = (path: string, input: unknown) =>
      sendCall(app, path, input, { user: { id, email, isOwner: false } })
    expect((await as('draw', { prompt: 'a fox' })).status).toBe(200)
    const payment = { purpose: 'open_invoice', returnTo: '/' }
    expect((await as('billing.openPayment', payment)).status).toBe(403)
    expect((await as('billing.cancelPlan', undefined)).status).toBe(403)
    expect((await as('billing.keepPlan', undefined)).status).toBe(403)
  })

  it('shows a viewer what there is, and refuses its billed calls before they are priced', async () => {
    const { customerId: id, email } = studio.newCustomer(10)
    const user = { id, email, isOwner: false, maySpend: false }
    const refused = await sendCall(app, 'draw', { prompt: 'a fox' }, { user })
    expect(refused.status).toBe(403)
    const billing = { kind: 'not_permitted', needs: 'spending' }
    expect(await refused.json()).toMatchObject({ error: { data: { billing } } })
    const cap = { meter: 'renders', cap: 1 }
    expect((await sendCall(app, 'billing.setSpendCap', cap, { user })).status).toBe(403)
  })

  it('refuses with 402 what passes the limit of one of the subjects of a call', async () => {
    const customer = studio.newCustomer(100)
    const [ada, key] = [
      { kind: 'member', id: 'ada' },
      { kind: 'key', id: 'k1' },
    ] as const
    const limit = { customer, meter: 'renders' as const, period: 'month' as const }
    await studio.metering.limits.set({ ...limit, subject: ada, amount: 7 })
    await studio.metering.limits.set({ ...limit, subject: key, amount: 4 })
    const draw = (subjects: readonly CallSubject[]) =>
      call('draw', { prompt: 'a fox' }, { customer, subjects })
    const drawn = await Promise.all(Array.from({ length: 20 }, () => draw([ada, key])))
    expect(drawn.filter(({ status }) => status === 200)).toHaveLength(4)
    const refused = await draw([ada, key])
    expect(refused.status).toBe(402)
    const billing = { kind: 'limit', subject: key, meter: 'renders', required: 1, left: 0 }
    expect(await refused.json()).toMatchObject({ error: { data: { billing } } })
    expect((await draw([ada])).status).toBe(200)
    const job = { customer: { id: customer.customerId, email: customer.email }, subjects: [ada] }
    const render = {
      ...job,
      key: jobKey('r', 1),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    await expect(app.billing.run(render, async () => 'rendered')).rejects.toMatchObject({
      billing: { kind: 'limit', subject: ada, left: 2 },
    })
  })

  it('never sells more than there is to a hundred calls at once', async () => {
    const customer = studio.newCustomer(10)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => call('draw', { prompt: `${index}` }, { customer })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(90)
    await studio.metering.drain()
    expect(studio.backend.availableOf(customer.customerId, 'renders')).toBe(0)
  })

  it('runs what stands before the price before the hold, and what stands after it inside', async () => {
    const customer = studio.newCustomer(10)
    app.trace.length = 0
    const response = await call('film', { seconds: '90' }, { customer })
    expect(await dataOf(response)).toEqual({ studio: 'acme films', frames: 2160 })
    expect(app.trace).toEqual(['before the hold', 'inside the hold of one'])
    expect(await studio.remaining(customer, 'minutes')).toBe(9)
    expect(await studio.remaining(customer, 'renders')).toBe(8)
  })

  it('charges nothing for an output that its schema refuses', async () => {
    const customer = studio.newCustomer(100)
    expect((await call('film', { seconds: 3600 }, { customer })).status).toBe(500)
    expect(await studio.remaining(customer, 'minutes')).toBe(100)
  })

  it('takes the same input for the same call where the price says so', async () => {
    const sent = { customer: studio.newCustomer(10), key: null }
    const first = await dataOf(await call('once', { prompt: 'a fox' }, sent))
    expect(await dataOf(await call('once', { prompt: 'a fox' }, sent))).toBe(first)
    await call('once', { prompt: 'an owl' }, sent)
    expect(await studio.remaining(sent.customer, 'renders')).toBe(8)
  })

  it('refuses another upload under the same key', async () => {
    const upload = (name: string) => {
      const form = new FormData()
      form.append('name', name)
      return form
    }
    const sent = { customer: studio.newCustomer(10), key: randomUUID() }
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

  it('builds what anyone may read on the builder that the application has for it', async () => {
    const t = initTRPC.create({ errorFormatter: billingErrors })
    const seen: string[] = []
    const publicProcedure = t.procedure.use(({ path, next }) => {
      seen.push(path)
      return next()
    })
    const { metering } = studio
    const parts = { t, publicProcedure, metering, catalog: studioCatalog, customer: () => null }
    const { router } = createBilling(parts)
    const caller = t.router({ billing: router }).createCaller({})
    expect(await caller.billing.catalog()).toMatchObject({ procedures: [] })
    expect(seen).toEqual(['billing.catalog'])
  })

  it('is refused when its metering counts other meters', () => {
    const t = initTRPC.create({ errorFormatter: billingErrors })
    const catalog = defineCatalog({
      meters: { films: { name: 'Films', unit: 'film', units: 'films' } },
    })
    const { metering } = studio
    expect(() => createBilling({ t, metering, catalog, customer: () => null })).toThrow(
      'the meter "films", which its metering does not count. Give both the same catalog.',
    )
  })

  it('says what to do when the options of the adapter are not wrapped', async () => {
    const user = { id: studio.newCustomer(1).customerId, email: 'ada@example.com' }
    const caller = app.router.createCaller({ user, tenant: 'acme' })
    await expect(caller.draw({ prompt: 'a fox' })).rejects.toThrow('billing.http({ … })')
  })

  it('bills customers whose ids have other characters than the billing backend takes', async () => {
    const id = `auth0|${randomUUID()}`
    const customer = studio.newCustomer(3, id)
    const user = { id, email: customer.email }
    expect((await sendCall(app, 'draw', { prompt: 'a fox' }, { user })).status).toBe(200)
    await studio.metering.drain()
    expect(studio.backend.availableOf(customer.customerId, 'renders')).toBe(2)
    expect(customer.customerId).toBe(customerIdOf(id))
  })

  it('says what to give when a customer has no id', async () => {
    const user = { id: '', email: 'ada@example.com' }
    const response = await sendCall(app, 'draw', { prompt: 'a fox' }, { user })
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('({ id: String(user.id), email: user.email })')
  })
})
