import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

const successUrl = 'http://localhost:3000/studio?draft=1#here'
const cancelUrl = 'http://localhost:3000/pricing'

async function open(
  customer: TestCustomer,
  priceSlug: string,
  change: object = {},
): Promise<string> {
  const { status, body } = await backend.request<{ url: string }>('POST', '/checkout-sessions', {
    checkoutSession: {
      type: 'product',
      customerExternalId: customer.externalId,
      priceSlug,
      successUrl,
      cancelUrl,
      ...change,
    },
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return new URL(body.url).pathname
}

describe('the checkout page', () => {
  it('shows the product, its price and test mode, without any script', async () => {
    const page = await backend.request<string>(
      'GET',
      await open(await backend.customer(), 'pro_monthly'),
    )
    expect(page.status).toBe(200)
    expect(page.body).toContain('Test mode')
    expect(page.body).toContain('$20.00')
    expect(page.body).toContain('500 images a month')
    expect(page.body).not.toContain('<script')
  })

  it('speaks the language of its address before that of the browser, and keeps it', async () => {
    const path = await open(await backend.customer(), 'pro_monthly', { language: 'de' })
    const german = await backend.request<string>('GET', `${path}?lang=de`)
    expect(german.body).toContain('<html lang="de">')
    expect(german.body).toContain('Bestellübersicht')
    expect(german.body).toMatch(/action="[^"]+\/pay\?lang=de"/)
    const declined = await backend.request<string>('POST', `${path}/decline?lang=de`)
    expect(declined.body).toContain('Die Testkarte wurde abgelehnt.')
    expect((await backend.request<string>('GET', path)).body).toContain('<html lang="en">')
    const other = await backend.request<string>('GET', `${path}?lang=fr`)
    expect(other.body).toContain('<html lang="en">')
  })

  it('asks for consent to what is charged, and keeps simulation outside of the form', async () => {
    const page = await backend.request<string>(
      'GET',
      await open(await backend.customer(), 'pro_monthly'),
    )
    expect(page.body).toContain('$20.00 to this card now and again every month')
    const [checkout = '', simulation = ''] = page.body.split('</main>')
    expect(checkout).not.toContain('Simulate')
    expect(simulation).toContain('Simulate a declined card')
  })

  it('redirects to the success URL once it is paid', async () => {
    const customer = await backend.customer()
    const page = await open(customer, 'pro_monthly')
    const paid = await backend.request('POST', `${page}/pay`)
    expect([paid.status, paid.headers.get('location')]).toEqual([303, successUrl])
    expect(await customer.balance()).toMatchObject({ availableBalance: 500 })
  })

  it('fulfils a checkout once, however often the button is pressed', async () => {
    const customer = await backend.customer()
    const page = await open(customer, 'images_topup_50')
    const pressed = await Promise.all(
      Array.from({ length: 5 }, () => backend.request('POST', `${page}/pay`)),
    )
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
    expect(await customer.balance()).toMatchObject({ availableBalance: 60 })
    expect((await customer.billing()).purchases).toHaveLength(1)
  })

  it('charges nothing when the card is declined, and allows another attempt', async () => {
    const customer = await backend.customer()
    const page = await open(customer, 'pro_monthly')
    const declined = await backend.request<string>('POST', `${page}/decline`)
    expect(declined.status).toBe(402)
    expect(declined.body).toContain('declined')
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true })
    expect((await backend.request('POST', `${page}/pay`)).status).toBe(303)
    expect(await customer.subscription()).toMatchObject({ isFreePlan: false })
  })

  it('returns to the cancel URL when cancelled, and cannot be paid afterwards', async () => {
    const customer = await backend.customer()
    const page = await open(customer, 'pro_monthly')
    const cancelled = await backend.request('POST', `${page}/cancel`)
    expect([cancelled.status, cancelled.headers.get('location')]).toEqual([303, cancelUrl])
    expect((await backend.request('POST', `${page}/pay`)).status).toBe(409)
    expect(await customer.subscription()).toMatchObject({ isFreePlan: true })
  })

  it('closes after a day', async () => {
    const page = await open(await backend.customer(), 'pro_monthly')
    backend.time.now += 86_400_000
    expect((await backend.request('GET', page)).status).toBe(410)
    expect((await backend.request('POST', `${page}/pay`)).status).toBe(409)
  })

  it('of a plan gives way to a new one in its last hour, and cannot be paid beside it', async () => {
    const customer = await backend.customer()
    const first = await open(customer, 'pro_monthly')
    backend.time.now += 23.5 * 3_600_000
    const next = await open(customer, 'pro_monthly')
    expect(next).not.toBe(first)
    const closed = await backend.request<string>('GET', first)
    expect([closed.status, closed.body]).toEqual([410, expect.stringContaining('It is too old')])
    expect((await backend.request('POST', `${first}/pay`)).status).toBe(409)
    expect((await backend.request('POST', `${next}/pay`)).status).toBe(303)
  })

  it.each(['GET /checkout/none', 'POST /checkout/none/pay', 'POST /checkout/none/cancel'])(
    'does not exist for an unknown checkout: %s',
    async (route) => {
      const [method = '', path = ''] = route.split(' ')
      const page = await backend.request<string>(method, path)
      expect(page.status).toBe(404)
      expect(page.body).toContain('No checkout has this address.')
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )

  it('lets only one of two open checkouts for a plan be paid', async () => {
    const customer = await backend.customer()
    const other = await open(customer, 'pro_monthly', { cancelUrl: `${cancelUrl}?elsewhere` })
    const one = await open(customer, 'pro_monthly')
    expect(one).not.toBe(other)
    const paid = await Promise.all([
      backend.request('POST', `${one}/pay`),
      backend.request('POST', `${other}/pay`),
    ])
    expect(new Set(paid.map(({ status }) => status))).toEqual(new Set([303, 409]))
    expect((await customer.billing()).purchases).toHaveLength(1)
  })

  it('escapes names, for any content', async () => {
    const { externalId } = await backend.customer()
    await backend.request('PUT', `/customers/${externalId}`, {
      customer: { name: '<script>alert(1)</script>' },
    })
    const { body } = await backend.request<{ url: string }>('POST', '/checkout-sessions', {
      checkoutSession: {
        type: 'product',
        customerExternalId: externalId,
        priceSlug: 'pro_monthly',
        successUrl,
        cancelUrl,
      },
    })
    const page = await backend.request<string>('GET', new URL(body.url).pathname)
    expect(page.body).toContain('&lt;script&gt;')
    expect(page.body).not.toContain('<script>alert')
  })
})

describe('a checkout is refused', () => {
  it.each([
    ['for the free plan', { priceSlug: 'free_monthly' }, 400],
    ['for a price that is not on sale', { priceSlug: 'pro_yearly' }, 404],
    ['for a usage price', { priceSlug: 'api_calls_no_charge' }, 400],
    ['with an address that runs as a script', { successUrl: 'javascript:alert(1)' }, 400],
    ['with a foreign address', { cancelUrl: 'https://evil.example/' }, 400],
    ['for an unknown customer', { customerExternalId: 'unknown' }, 404],
  ])('%s', async (_what, change, status) => {
    const { externalId } = await backend.customer()
    const valid = {
      type: 'product',
      customerExternalId: externalId,
      priceSlug: 'pro_monthly',
      successUrl,
      cancelUrl,
    }
    const answer = await backend.request('POST', '/checkout-sessions', {
      checkoutSession: { ...valid, ...change },
    })
    expect(answer.status).toBe(status)
  })

  it('for another customer’s subscription', async () => {
    const [own, other] = [await backend.customer(), await backend.customer()]
    const { id } = await other.subscription()
    const answer = await backend.request('POST', '/checkout-sessions', {
      checkoutSession: {
        type: 'add_payment_method',
        customerExternalId: own.externalId,
        targetSubscriptionId: id,
        successUrl,
        cancelUrl,
      },
    })
    expect(answer.status).toBe(404)
  })

  it('with test payments in production', async () => {
    const live = await openTestBackend({ production: true })
    const { externalId } = await live.customer()
    const answer = await live.request('POST', '/checkout-sessions', {
      checkoutSession: {
        type: 'product',
        customerExternalId: externalId,
        priceSlug: 'pro_monthly',
        successUrl,
        cancelUrl,
      },
    })
    expect(answer.status).toBe(503)
    expect((await live.request('POST', '/dev/clock/advance', { milliseconds: 1 })).status).toBe(403)
    await live.close()
  })
})
