import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { pricingWithOnceCredits } from '../testing/once-credits.ts'
import { checkInvariants } from '../check-invariants.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ pricing: pricingWithOnceCredits() })
})
afterAll(() => backend.close())

const bonuses = async (customer: TestCustomer) =>
  (await customer.balance('ai_tokens')).breakdown.filter(({ name }) => name.startsWith('5,000'))

async function adjust(customer: TestCustomer, priceSlug: string, timing = 'auto') {
  const { id } = await customer.subscription()
  const { status } = await backend.request('POST', `/subscriptions/${id}/adjust`, {
    adjustment: { timing, newSubscriptionItems: [{ priceSlug, quantity: 1 }] },
  })
  expect(status).toBe(200)
}

it('grants once-credits once per customer, through upgrades, downgrades and a new subscription', async () => {
  const customer = await backend.customer()
  await customer.buy('pro_monthly')
  expect(await bonuses(customer)).toMatchObject([{ granted: 5_000, remaining: 5_000 }])
  for (let round = 0; round < 3; round++) {
    await adjust(customer, 'max_monthly')
    await adjust(customer, 'pro_monthly', 'immediately')
  }
  expect(await bonuses(customer)).toHaveLength(1)
  const { id } = await customer.subscription()
  await backend.request('POST', `/subscriptions/${id}/cancel`, {
    cancellation: { timing: 'immediately' },
  })
  await customer.buy('max_monthly')
  expect(await bonuses(customer)).toMatchObject([{ remaining: 5_000 }])
})

it('grants none again after they were used up', async () => {
  const customer = await backend.customer()
  await customer.buy('pro_monthly')
  const { availableBalance } = await customer.balance('ai_tokens')
  await customer.use(availableBalance, { meter: 'ai_tokens' })
  await adjust(customer, 'max_monthly')
  backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
  expect(await bonuses(customer)).toEqual([])
})

it('grants none again to a customer who received them with a moved plan', async () => {
  const [guest, account] = [await backend.customer(), await backend.customer()]
  await guest.buy('pro_monthly')
  await backend.request('POST', `/customers/${guest.externalId}/move`, {
    move: { toExternalId: account.externalId, idempotencyKey: 'once' },
  })
  expect(await bonuses(account)).toMatchObject([{ remaining: 5_000 }])
  await adjust(account, 'max_monthly')
  expect(await bonuses(account)).toHaveLength(1)
})

it('grants none again to a customer whose moved plan had used them up', async () => {
  const [guest, account] = [await backend.customer(), await backend.customer()]
  await guest.buy('pro_monthly')
  const { availableBalance } = await guest.balance('ai_tokens')
  await guest.use(availableBalance, { meter: 'ai_tokens' })
  await backend.request('POST', `/customers/${guest.externalId}/move`, {
    move: { toExternalId: account.externalId, idempotencyKey: 'used_up' },
  })
  await adjust(account, 'max_monthly')
  expect(await bonuses(account)).toEqual([])
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
