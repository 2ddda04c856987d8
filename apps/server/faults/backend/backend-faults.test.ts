import type { BillingBackend, BillingCustomer } from '@tollgate/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  buy,
  imagesOf,
  type Mode,
  MODES,
  newCustomer,
  openBackendStage,
  type BackendStage,
  subscriptionOf,
  usage,
} from './open-backend-stage.ts'

/** Allows for a slow machine; the awaited events otherwise occur within milliseconds. */
const PATIENTLY = { timeout: 20_000 }

let stage: BackendStage
beforeAll(async () => {
  stage = await openBackendStage()
})
afterAll(() => stage.close())
afterEach(() => stage.proxy.restore())

describe.each(MODES)('the billing backend through %s, when requests to it fail', (mode) => {
  let backend: BillingBackend
  let ada: BillingCustomer
  beforeEach(() => {
    backend = stage.openBackend(mode)
    ada = newCustomer()
  })

  it.each([
    { status: 409, code: 'CONFLICT' },
    { status: 500, code: 'INTERNAL_SERVER_ERROR' },
  ])('reads the customer that a faster first sight has made: $status', async ({ status, code }) => {
    stage.proxy.intercept(async ({ method, path }, forward) => {
      const response = await forward()
      if (method !== 'POST' || path !== '/customers') return response
      const headers = { 'x-should-retry': 'false' }
      return Response.json({ error: 'taken', code }, { status, headers })
    })
    expect(await imagesOf(backend, ada)).toBe(10)
  })

  it('is unreachable while all that answers is a gateway with 503, and loses no usage', async () => {
    const delivery = usage(ada, await subscriptionOf(backend, ada), 3)
    stage.proxy.intercept(async () => gateway(503))
    await expect(backend.readCustomer(ada)).rejects.toMatchObject({ code: 'unreachable' })
    expect(await backend.deliverUsage([delivery])).toMatchObject([{ outcome: 'unavailable' }])
    stage.proxy.restore()
    expect(await backend.deliverUsage([delivery])).toMatchObject([{ outcome: 'recorded' }])
    expect(await imagesOf(backend, ada)).toBe(7)
  })

  it('charges usage once whose answer a gateway has replaced', async () => {
    const delivery = usage(ada, await subscriptionOf(backend, ada), 3)
    stage.proxy.intercept(async (_request, forward) => {
      await forward()
      return gateway(502)
    })
    expect(await backend.deliverUsage([delivery])).toMatchObject([{ outcome: 'unavailable' }])
    stage.proxy.restore()
    expect(await backend.deliverUsage([delivery])).toMatchObject([
      { outcome: 'recorded', amount: 3 },
    ])
    expect(await imagesOf(backend, ada)).toBe(7)
  })

  it('ends its wait at the deadline, and charges usage once that was accepted in silence', async () => {
    const delivery = usage(ada, await subscriptionOf(backend, ada), 3)
    stage.proxy.intercept(async (_request, forward) => {
      await forward()
      return null
    })
    const impatient = stage.openBackend(mode, { deadlineMs: 1500 })
    await expect(impatient.readCustomer(ada)).rejects.toMatchObject({ code: 'unreachable' })
    expect(await impatient.deliverUsage([delivery])).toMatchObject([{ outcome: 'unavailable' }])
    stage.proxy.restore()
    expect(await backend.deliverUsage([delivery])).toMatchObject([
      { outcome: 'recorded', amount: 3 },
    ])
    expect(await imagesOf(backend, ada)).toBe(7)
  })

  it('lets no second change of a plan overtake one whose wait has ended', async () => {
    await buy(backend, ada, 'pro_monthly')
    const impatient = stage.openBackend(mode, { changeDeadlineMs: 1500 })
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    stage.proxy.intercept(async ({ path }, forward) => {
      if (path.endsWith('/adjust')) await released
      return forward()
    })
    await expect(impatient.changePlan(ada, 'team_monthly')).rejects.toMatchObject({
      code: 'unreachable',
    })
    await expect(impatient.cancelPlan(ada)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('still under way'),
    })
    release()
    const planOf = async () => (await backend.readCustomer(ada)).subscription?.planSlug
    await vi.waitFor(async () => expect(await planOf()).toBe('team'), PATIENTLY)
  })
})

it('hangs up at the deadline where the API bounds the request, and only ends the wait through the factory', async () => {
  const giveUp = async (mode: Mode) => {
    const customer = newCustomer()
    const impatient = stage.openBackend(mode, { deadlineMs: 1500 })
    await expect(impatient.readCustomer(customer)).rejects.toMatchObject({ code: 'unreachable' })
    return () => stage.proxy.abandoned.filter((path) => path.includes(customer.customerId))
  }
  stage.proxy.intercept(async () => null)
  const byFactory = await giveUp('the factory alone')
  const byApi = await giveUp('the factory and the API')
  await vi.waitFor(() => expect(byApi()).toHaveLength(1), PATIENTLY)
  expect(byFactory()).toEqual([])
})

function gateway(status: number): Response {
  return new Response('upstream', { status })
}
