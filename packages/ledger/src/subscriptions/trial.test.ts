import { fileURLToPath } from 'node:url'
import { loadPricing } from '@tollgate/contract/pricing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

const plans = fileURLToPath(new URL('../../conformance/plans.yaml', import.meta.url))
const DAY = 86_400_000

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ pricing: loadPricing(plans) })
})
afterAll(() => backend.close())

it('grants the credits of a trial immediately and charges only from its end on', async () => {
  const customer = await backend.customer()
  const bought = await customer.buy('tryout_monthly')
  expect(bought.status, JSON.stringify(bought.body)).toBe(303)
  const trial = await customer.subscription()
  expect(trial).toMatchObject({ status: 'trialing', trialEnd: backend.time.now + 14 * DAY })
  expect(await customer.balance('images')).toMatchObject({ availableBalance: 100 })
  expect((await customer.billing()).invoices).toEqual([])

  await customer.use(30, { meter: 'images' })
  backend.time.now = trial.currentBillingPeriodEnd
  expect(await customer.subscription()).toMatchObject({
    status: 'active',
    currentBillingPeriodStart: trial.currentBillingPeriodEnd,
  })
  expect(await customer.balance('images')).toMatchObject({ availableBalance: 100 })
  expect((await customer.billing()).invoices).toMatchObject([{ invoice: { status: 'paid' } }])
})

it('leaves the plan past due after a trial without a payment method', async () => {
  const customer = await backend.customer()
  const { customerId, id } = await customer.subscription()
  await backend.request('POST', '/subscriptions', { customerId, priceSlug: 'tryout_monthly' })
  const trial = await customer.subscription()
  expect(trial.id).not.toBe(id)
  backend.time.now = trial.currentBillingPeriodEnd
  expect(await customer.subscription()).toMatchObject({ status: 'past_due' })
  expect(await customer.balance('images')).toMatchObject({ availableBalance: 0 })
})

it('grants a trial once: the second time the plan is paid from its first day', async () => {
  const customer = await backend.customer()
  await customer.buy('tryout_monthly')
  const { id } = await customer.subscription()
  await backend.request('POST', `/subscriptions/${id}/cancel`, {
    cancellation: { timing: 'immediately' },
  })
  await customer.buy('tryout_monthly')
  expect(await customer.subscription()).toMatchObject({ status: 'active', trialEnd: null })
  expect((await customer.billing()).invoices).toMatchObject([{ invoice: { status: 'paid' } }])
})

it('keeps every ledger invariant', async () => {
  expect(await checkInvariants(backend.database)).toEqual([])
})
