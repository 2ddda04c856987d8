import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setBillingDown } from './fixtures/break-billing.ts'
import { makeOperator } from './fixtures/make-operator.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

const REASON = 'the backend is back'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

describe('the operator’s view', () => {
  it('finds a customer by operation id, quarantines and replays the event of a call with reasons, and shows both in the record', async () => {
    const { page: customer, context } = await studio.guest()
    const operator = await openOperator()
    await setBillingDown(studio.tollgate, true)
    const operationId = await makeQrCode(customer)

    const { page, email } = operator
    await page.goto('/operator')
    await page.getByText(`Signed in as ${email}`).waitFor()
    await expect.poll(() => page.title()).toBe('Figures · Operator · Tollgate Studio')
    const used = page.getByRole('table', { name: 'Used, cost and margin' })
    await used.getByRole('button', { name: 'Charged', exact: true }).click()
    await used.locator('th[aria-sort="descending"]').getByText('Charged').waitFor()
    await page.getByText(/Without \d+ calls? whose cost is unknown\./).waitFor()
    await page.getByRole('link', { name: 'Customers' }).click()
    await page.getByLabel('Operation id, customer id or email').fill(operationId)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('heading', { name: `Operation ${operationId}` }).waitFor()
    await page.getByText('settled', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'Cost at providers' }).waitFor()
    await page.getByText('Not known.').waitFor()

    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('heading', { name: `Operation ${operationId}` }).waitFor()
          return page.getByRole('button', { name: /^Quarantine tg_/ }).count()
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(1)
    await change(page, 'Quarantine', 'the backend never answers')
    await page.getByRole('button', { name: /^Replay tg_/ }).waitFor()
    await setBillingDown(studio.tollgate, false)

    await page.getByRole('link', { name: 'Quarantine' }).click()
    await change(page, 'Replay', REASON)
    await page.getByText('Nothing is in quarantine.').waitFor()

    await page.getByRole('link', { name: 'Changes' }).click()
    const record = page.getByRole('table', { name: 'Manual changes' })
    const newest = record.getByRole('row').nth(1)
    await newest.getByText(REASON).waitFor()
    await newest.getByText(`${email} (view)`).waitFor()
    await newest.getByRole('link', { name: operationId }).click()
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('heading', { name: `Operation ${operationId}` }).waitFor()
          const recorded = page.getByRole('table', { name: 'Recorded by the billing backend' })
          return recorded.getByText(/^tg_/).count()
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBe(1)
    await context.close()
    await operator.close()
  })

  it('shows a customer nothing, and loads nothing of it with the first page', async () => {
    const { page, context } = await studio.guest()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto('/')
    await page.getByTestId('balance-text').waitFor()
    expect(asked.filter((path) => path.includes('operator'))).toEqual([])
    await page.goto('/operator')
    await page.getByText('Operators only').waitFor()
    await page.getByText('This account is not an operator.').waitFor()
    await expect.poll(() => page.getByRole('table').count()).toBe(0)
    const ours = asked.filter((path) => path.startsWith('/trpc/operator/'))
    expect(new Set(ours)).toEqual(new Set(['/trpc/operator/me']))
    await context.close()
  })
})

async function openOperator() {
  const context = await studio.browser.newContext({ baseURL: studio.tollgate.url })
  context.setDefaultTimeout(20_000)
  const { email } = await makeOperator(context.request, studio.tollgate)
  return { email, page: await context.newPage(), close: () => context.close() }
}

/** Generates a QR code as this window's user, and returns the id of its operation. */
async function makeQrCode(page: Page): Promise<string> {
  const { url } = studio.tollgate
  const answer = await page.context().request.post(`${url}/trpc/tools.qrCode`, {
    data: { text: 'https://example.com' },
    headers: { origin: url, 'idempotency-key': crypto.randomUUID() },
  })
  const operationId = answer.headers()['x-operation-id']
  if (operationId === undefined) throw new Error(`No operation: ${await answer.text()}`)
  return operationId
}

async function change(page: Page, label: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${label} tg_`) }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: label, exact: true })
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Reason').fill(reason)
  await confirm.click()
  await dialog.waitFor({ state: 'hidden' })
}
