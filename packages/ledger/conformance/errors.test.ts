import { randomUUID } from 'node:crypto'
import { FlowgladServerAdmin } from '@flowglad/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend
let before: number

beforeAll(async () => {
  backend = await startBackend()
})
beforeEach(() => {
  before = backend.requests()
})
afterAll(() => backend.close())

/** The error that the SDK threw, and how many requests it sent first. */
async function failureOf(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return {
      ...Object.fromEntries(Object.entries(error)),
      name: error.constructor.name,
      requests: backend.requests() - before,
    }
  }
  throw new Error('The call succeeded.')
}

async function subscriptionId(): Promise<string> {
  const billing = await backend.as().flowglad.getBilling()
  before = backend.requests()
  return billing.currentSubscription?.id ?? ''
}

function event(subscriptionId: string, change: object = {}) {
  const valid = {
    amount: 1,
    subscriptionId,
    transactionId: randomUUID(),
    usageMeterSlug: 'image_generations',
  }
  return { usageEvent: { ...valid, ...change } }
}

describe('what the SDK makes of a refusal', () => {
  it('is NotFoundError with a flat NOT_FOUND for an unknown customer', async () => {
    expect(await failureOf(backend.admin.getCustomer('unknown'))).toMatchObject({
      name: 'NotFoundError',
      status: 404,
      error: {
        code: 'NOT_FOUND',
        error: expect.stringContaining('unknown'),
        request_id: expect.any(String),
      },
      requests: 1,
    })
  })

  it('is AuthenticationError in JSON for a wrong key', async () => {
    const stranger = new FlowgladServerAdmin({ apiKey: 'wrong', baseURL: backend.url })
    expect(await failureOf(stranger.getDefaultPricingModel())).toMatchObject({
      name: 'AuthenticationError',
      error: { code: 'UNAUTHORIZED' },
    })
  })

  it.each([
    ['no amount', { amount: 0 }],
    ['a negative amount', { amount: -5 }],
    ['a fraction', { amount: 1.5 }],
    ['more than the column holds', { amount: 2_147_483_648 }],
    ['two names for the meter', { usageMeterId: 'usage_meter_x' }],
  ])('is BadRequestError for %s, and nothing is repeated', async (_what, change) => {
    const id = await subscriptionId()
    expect(await failureOf(backend.admin.createUsageEvent(event(id, change)))).toMatchObject({
      name: 'BadRequestError',
      error: { code: 'BAD_REQUEST' },
      requests: 1,
    })
  })

  it('is NotFoundError with a suggestion for a mistyped meter', async () => {
    const id = await subscriptionId()
    expect(
      await failureOf(
        backend.admin.createUsageEvent(event(id, { usageMeterSlug: 'image_generation' })),
      ),
    ).toMatchObject({
      name: 'NotFoundError',
      error: { error: expect.stringContaining('Did you mean "image_generations"?') },
      requests: 1,
    })
  })

  it('is ConflictError, sent once, for a transactionId of another subscription of the same customer', async () => {
    const customer = backend.as()
    const free = (await customer.flowglad.getBilling()).currentSubscription?.id ?? ''
    const used = event(free)
    await backend.admin.createUsageEvent(used)
    await backend.buy(customer, 'pro_monthly')
    const pro = (await customer.flowglad.getBilling()).currentSubscription?.id ?? ''
    before = backend.requests()
    expect(
      await failureOf(
        backend.admin.createUsageEvent({ usageEvent: { ...used.usageEvent, subscriptionId: pro } }),
      ),
    ).toMatchObject({ name: 'ConflictError', error: { code: 'CONFLICT' }, requests: 1 })
  })

  it('is BadRequestError for a return address that is not ours', async () => {
    const { flowglad } = backend.as()
    await flowglad.getBilling()
    const checkout = flowglad.createCheckoutSession({
      priceSlug: 'pro_monthly',
      successUrl: 'https://evil.example/',
      cancelUrl: 'http://localhost:3000/',
    })
    expect(await failureOf(checkout)).toMatchObject({ name: 'BadRequestError' })
  })

  it('is BadRequestError for cancelling or adjusting the free plan', async () => {
    const { flowglad } = backend.as()
    const id = (await flowglad.getBilling()).currentSubscription?.id ?? ''
    const cancellation = { timing: 'immediately' as const }
    expect(await failureOf(flowglad.cancelSubscription({ id, cancellation }))).toMatchObject({
      name: 'BadRequestError',
    })
    expect(
      await failureOf(flowglad.adjustSubscription({ priceSlug: 'pro_monthly' })),
    ).toMatchObject({ name: 'BadRequestError' })
  })
})

describe('the same transactionId', () => {
  it('is two independent events for two customers', async () => {
    const transactionId = randomUUID()
    const [one, other] = [await subscriptionId(), await subscriptionId()]
    const first = await backend.admin.createUsageEvent(event(one, { transactionId }))
    const second = await backend.admin.createUsageEvent(event(other, { transactionId }))
    expect(second.usageEvent.id).not.toBe(first.usageEvent.id)
  })

  it('sent twenty times at once is one event and one charge', async () => {
    const { externalId, flowglad } = backend.as()
    const id = (await flowglad.getBilling()).currentSubscription?.id ?? ''
    const usage = event(id, { amount: 3 })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => backend.admin.createUsageEvent(usage)),
    )
    expect(new Set(answers.map(({ usageEvent }) => usageEvent.id)).size).toBe(1)
    const { usageMeterBalances } = await backend.as(externalId).flowglad.getUsageMeterBalances()
    expect(usageMeterBalances.find(({ slug }) => slug === 'image_generations')).toMatchObject({
      availableBalance: 7,
    })
  })
})
