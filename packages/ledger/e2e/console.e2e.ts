import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { ensureDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { launchChromium } from '@tollgate/testing/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BillingServer, startBillingServer } from '../src/http.ts'

type Browser = Awaited<ReturnType<typeof launchChromium>>
type Page = Awaited<ReturnType<Browser['newPage']>>

let directory: string
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>
let server: BillingServer
let browser: Browser
let page: Page

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-console-'))
  postgres = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
  await ensureDatabase({ url: postgres.url('postgres'), name: 'billing' })
  server = await startBillingServer({
    databaseUrl: postgres.url('billing'),
    port: 0,
    pricingPath: PRICING_PATH,
    apiKeyFile: path.join(directory, 'billing-api-key'),
  })
  browser = await launchChromium()
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false })
  page = await context.newPage()
  for (const [externalId, name] of [
    ['ada', 'Ada Lovelace'],
    ['grace', 'Grace Hopper'],
  ]) {
    await api('POST', '/customers', {
      customer: { externalId, name, email: `${externalId}@example.com` },
    })
  }
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await postgres?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function api(method: string, route: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${route}`, {
    method,
    headers: { authorization: server.apiKey },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

async function openAda() {
  await page.goto('/console')
  await page.getByRole('link', { name: 'Ada Lovelace' }).click()
}

const images = () => page.getByRole('meter', { name: 'Image generations' })
const said = () => page.getByRole('status').first().innerText()
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

describe('the console, without JavaScript', () => {
  it('finds a customer', async () => {
    await page.goto('/console')
    await page.getByLabel('Name, address or external id').fill('hopper')
    await press('Search')
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
      expect.stringContaining('Grace Hopper'),
    ])
  })

  it('grants credits once, however often the form is sent, and shows where they came from', async () => {
    await openAda()
    expect(await images().getAttribute('aria-valuetext')).toBe('0 of 10 used · 0% · 10 left')
    const form = page.getByRole('form', { name: 'Grant credits' })
    await form.getByLabel('Amount').fill('40')
    await form.getByLabel('Name').fill('Sorry')
    const reason = await form.locator('[name=reason]').inputValue()
    await press('Grant credits')
    expect(await said()).toBe('Granted 40 image_generations.')
    await page.request.post(`${page.url()}/grant`, {
      headers: { origin: server.url },
      form: { usageMeterSlug: 'image_generations', amount: 40, name: 'Sorry', days: '', reason },
    })
    await openAda()
    expect(await images().getAttribute('aria-valuetext')).toBe('0 of 50 used · 0% · 50 left')
    expect(await page.getByText('Manual: Sorry').count()).toBe(1)
    expect(
      await page.getByRole('row', { name: /grant \+40 image_generations Sorry/ }).count(),
    ).toBe(1)
  })

  it('revokes credits and refuses to revoke more than are left', async () => {
    await openAda()
    await page.locator('summary', { hasText: 'Revoke credits' }).click()
    const form = page.getByRole('form', { name: 'Revoke credits' })
    await form.getByLabel('Amount').fill('99')
    await press('Revoke credits')
    expect(await page.getByRole('alert').innerText()).toContain('Only 50 credits are left')
    await page.locator('summary', { hasText: 'Revoke credits' }).click()
    await page.getByRole('form', { name: 'Revoke credits' }).getByLabel('Amount').fill('5')
    await press('Revoke credits')
    expect(await images().getAttribute('aria-valuetext')).toContain(' · 45 left')
  })

  it('shows the operation behind a charge, and usage per day', async () => {
    const { body } = await api('GET', '/customers/ada/billing')
    const { currentSubscription } = z
      .looseObject({ currentSubscription: z.looseObject({ id: z.string() }) })
      .parse(body)
    await api('POST', '/usage-events', {
      usageEvent: {
        subscriptionId: currentSubscription.id,
        transactionId: 'tx_of_ada',
        amount: 3,
        usageMeterSlug: 'image_generations',
        properties: { operationId: 'op_of_ada' },
      },
    })
    await openAda()
    expect(
      await page.getByRole('row', { name: /usage −3 image_generations op_of_ada/ }).count(),
    ).toBe(1)
    await page.getByRole('link', { name: 'Usage' }).click()
    expect(
      await page.getByRole('img', { name: 'Image generations per day, 3 in all' }).count(),
    ).toBe(1)
    expect(await page.getByRole('row', { name: /image_generations 3 1/ }).count()).toBe(1)
  })

  it('changes the plan through a checkout, and back at the end of the period', async () => {
    await openAda()
    await page.getByLabel('New plan').selectOption('pro_monthly')
    await press('Change plan')
    await press('Pay $20.00')
    expect(new URL(page.url()).pathname).toMatch(/^\/console\/customers\/cust_/)
    expect(
      await page.getByRole('heading', { name: 'Plan', exact: true }).locator('..').innerText(),
    ).toContain('Pro')
    await page.getByLabel('New plan').selectOption('free_monthly')
    await press('Change plan')
    expect(await said()).toContain('The plan changes at')
    await press('Keep the plan')
    expect(await said()).toBe('The plan will renew.')
  })

  it('fails the next payment and moves the clock: the plan is past due', async () => {
    await page.goto('/console/controls')
    await press('Fail the next payment')
    const before = server.ledger.clock.offset()
    await press('One month')
    expect(server.ledger.clock.offset() - before).toBeGreaterThanOrEqual(28 * 86_400_000)
    expect(await said()).toContain('It is now')
    await openAda()
    expect(await page.getByText('past due').count()).toBe(1)
    expect(await page.getByText('The test card was declined.').count()).toBe(1)
    await press('Pay the open invoice with another card')
    await press('Pay $20.00')
    expect(await page.getByText('past due').count()).toBe(0)
  })

  it('refunds a payment', async () => {
    await openAda()
    await page.getByRole('button', { name: 'Refund $20.00' }).first().click()
    expect(await page.getByText('$20.00 back').count()).toBe(1)
  })

  it('takes the backend down and up again and shows it on every page', async () => {
    await page.goto('/console/controls')
    await page.getByLabel(/The backend is down/).check()
    await press('Apply')
    expect((await api('GET', '/customers/ada')).status).toBe(503)
    await page.goto('/console/customers')
    expect(await page.getByText('the backend is down').count()).toBe(1)
    await page.goto('/console/controls')
    await page.getByLabel(/The backend is down/).uncheck()
    await press('Apply')
    expect((await api('GET', '/customers/ada')).status).toBe(200)
  })

  it('adds a webhook endpoint, shows its secret once and replays a delivery', async () => {
    await page.goto('/console/webhooks')
    await page.getByLabel('Endpoint URL').fill('http://127.0.0.1:9/closed')
    await press('Add')
    expect(await page.getByText(/^whsec_/).count()).toBe(1)
    await api('PUT', '/customers/grace', { customer: { name: 'Rear Admiral Hopper' } })
    await page.goto('/console/webhooks')
    expect(await page.getByText(/whsec_/).count()).toBe(0)
    await page.getByRole('button', { name: /^Replay customer.updated/ }).click()
    expect(await said()).toMatch(/^evt_\w+ will be delivered again to one endpoint\.$/)
  })

  it('links to the dev panel where the server has one', async () => {
    const withPanel = await startBillingServer({
      databaseUrl: postgres.url('billing'),
      port: 0,
      pricingPath: PRICING_PATH,
      apiKeyFile: path.join(directory, 'billing-api-key'),
      devPanelUrl: 'http://127.0.0.1:3000/dev',
    })
    await page.goto(`${withPanel.url}/console`)
    const link = page.getByRole('link', { name: 'Dev panel' })
    expect(await link.getAttribute('href')).toBe('http://127.0.0.1:3000/dev')
    await page.goto('/console')
    expect(await link.count()).toBe(0)
    await withPanel.close()
  })

  it('passes every ledger check', async () => {
    await page.goto('/console/ledger-checks')
    await press('Check now')
    expect(await said()).toContain('All ledger checks passed.')
  })
})

describe('the console, from outside', () => {
  const form = {
    method: 'POST',
    body: new URLSearchParams({ duration: '1d' }),
    redirect: 'manual',
  } as const

  it('refuses a form from another site and a form without an origin', async () => {
    const before = server.ledger.clock.offset()
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    ]) {
      const answer = await fetch(`${server.url}/console/controls/clock`, { ...form, headers })
      expect(answer.status).toBe(403)
    }
    expect(server.ledger.clock.offset()).toBe(before)
  })

  it('refuses requests that came through a proxy', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    expect((await fetch(`${server.url}/console/customers`, { headers })).status).toBe(403)
  })

  it('does not exist in production', async () => {
    const production = await startBillingServer({
      databaseUrl: postgres.url('billing'),
      port: 0,
      pricingPath: PRICING_PATH,
      apiKeyFile: path.join(directory, 'billing-api-key'),
      production: true,
    })
    for (const name of ['', '/customers', '/controls', '/webhooks', '/usage', '/ledger-checks']) {
      expect((await fetch(`${production.url}/console${name}`)).status).toBe(404)
    }
    await production.close()
  })
})
