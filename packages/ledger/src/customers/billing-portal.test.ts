import { afterEach, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'

const PORTAL = 'http://127.0.0.1:3000/billing'

let backend: TestBackend | undefined
afterEach(() => backend?.close())

async function open(billingPortalUrl?: string) {
  backend = await openTestBackend({ billingPortalUrl })
  const { request } = backend
  const customer = await backend.customer()
  return {
    customer,
    changePlan: () =>
      request<{ url?: string; error?: string }>('POST', `/customers/${customer.externalId}/plan`, {
        plan: { priceSlug: 'pro_monthly' },
      }),
  }
}

it('sends customers to the billing page of the product, also from a checkout of a plan', async () => {
  const { customer, changePlan } = await open(PORTAL)
  expect(await customer.billing()).toMatchObject({ billingPortalUrl: PORTAL })
  const { status, body } = await changePlan()
  expect(status).toBe(200)
  expect(body.url).toMatch(/\/checkout\//)
})

it('has no page for customers where the product has named none, and sends them to no console', async () => {
  const { customer, changePlan } = await open()
  expect(await customer.billing()).toMatchObject({ billingPortalUrl: null })
  const { status, body } = await changePlan()
  expect(status).toBe(400)
  expect(JSON.stringify(body)).toContain('returnUrl')
})
