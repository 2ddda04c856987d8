import { findViolations } from '@tollgate/testing/browser'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

describe('a person who uses up half of the images', () => {
  it('chooses what to be alerted of, is alerted once without a reload, and dismisses it for good', async () => {
    const { page, context } = await studio.guest()
    await page.goto('/usage?view=settings')
    const half = page.getByRole('group', { name: 'Alert me when I have used' }).getByLabel('50%')
    await expect.poll(() => half.isChecked()).toBe(false)
    await half.check()
    await expect.poll(() => readPreferences(), { timeout: 15_000 }).toContain('50')
    await page.reload()
    await half.waitFor()
    await expect.poll(() => half.isChecked()).toBe(true)
    expect(await findViolations(page)).toEqual([])

    for (let count = 0; count < 5; count += 1) {
      expect(await spend(context, 'images.generate')).toBe(200)
    }
    const bell = page.getByRole('button', { name: 'Alerts, 1 unread' })
    await bell.waitFor()
    await bell.click()
    const list = page.getByRole('dialog', { name: 'Alerts' })
    await list.getByText('You have used 50% of your images.', { exact: true }).waitFor()
    await list.getByText(/^5 of 10 used · resets /).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Alerts', exact: true }).waitFor({ state: 'attached' })

    await list.getByRole('button', { name: 'Dismiss: You have used 50% of your images.' }).click()
    await list.getByText(/^No alerts\./).waitFor()
    await list.getByRole('button', { name: 'Close' }).click()
    expect(await spend(context, 'images.generate')).toBe(200)
    await page.reload()
    await page.getByRole('button', { name: 'Alerts', exact: true }).click()
    await list.getByText(/^No alerts\./).waitFor()
    await context.close()

    async function readPreferences(): Promise<string> {
      return (await context.request.get('/trpc/alerts.preferences')).text()
    }
  })

  it('names a webhook, is shown the secret that signs it, and an address inside the network is refused', async () => {
    const { page, context } = await studio.guest()
    await page.goto('/usage?view=settings')
    const field = page.getByLabel('Webhook', { exact: true })
    await field.fill('https://127.0.0.1/alerts')
    await page.getByRole('button', { name: 'Save webhook' }).click()
    await page.getByText('Your choice was not saved.').waitFor()
    await field.fill('https://hooks.example/alerts')
    await page.getByRole('button', { name: 'Save webhook' }).click()
    await page.getByText(/^whsec_/).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove webhook' }).click()
    await page.getByText(/^whsec_/).waitFor({ state: 'detached' })
    await context.close()
  })

  it('closes the banner on one device, and it stays closed on the other', async () => {
    const { page, context } = await studio.guest()
    for (let count = 0; count < 8; count += 1) {
      expect(await spend(context, 'images.generate')).toBe(200)
    }
    const banner = page.getByText('You have used 80% of your images.', { exact: true })
    await banner.waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await banner.waitFor({ state: 'detached' })
    const other = await studio.browser.newContext({
      locale: 'en-GB',
      baseURL: studio.tollgate.url,
      storageState: { cookies: (await context.storageState()).cookies, origins: [] },
    })
    const phone = await other.newPage()
    await phone.goto('/')
    await phone.getByRole('button', { name: 'Alerts, 1 unread' }).waitFor()
    await expect.poll(() => phone.getByText('You have used 80% of your images.').count()).toBe(0)
    await other.close()
    await context.close()
  })
})

describe('a person whose address is not verified', () => {
  let development: Studio
  beforeAll(async () => {
    development = await startStudio({}, { development: true })
  })
  afterAll(() => development?.stop())

  it.each([
    ['en', 'Send the verification mail', ' is verified.', 'This link has expired'],
    ['de', 'Bestätigungs-E-Mail senden', ' ist bestätigt.', 'Dieser Link ist abgelaufen'],
  ])('reads it beside the alerts, has a mail sent, and opens its link (%s)', async (...said) => {
    const [locale, send, verified, expired] = said
    const { page, context } = await development.guest({ locale: 'en-GB' })
    const email = `${crypto.randomUUID()}@example.com`
    const data = { name: 'Ada', email, password: crypto.randomUUID() }
    const headers = { origin: development.tollgate.url }
    await context.request.post('/api/auth/sign-up/email', { data, headers })
    await context.addInitScript(`localStorage.setItem('tollgate:locale', '${locale}')`)
    await page.goto('/usage?view=settings')
    await page.getByRole('button', { name: send }).click()
    await page.getByRole('alert').getByText(email).waitFor()
    expect(await findViolations(page)).toEqual([])

    await page.goto('/verify?token=incomplete')
    await page.getByText(expired).waitFor()
    await page.getByRole('button', { name: send }).waitFor()
    expect(await findViolations(page)).toEqual([])

    await page.goto(await mailedLink(context, email))
    await page.getByText(`${email}${verified}`).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await page.getByText(`${email}${verified}`).waitFor()
    await page.goto('/usage?view=settings')
    await page.getByLabel(email).waitFor()
    await expect.poll(() => page.getByRole('button', { name: send }).count()).toBe(0)
    await context.close()
  })
})

/** The newest link that was mailed to an address. */
async function mailedLink(context: BrowserContext, email: string): Promise<string> {
  const outbox = await (await context.request.get('/dev/outbox')).text()
  const mail = outbox.split('<section').find((section) => section.includes(email))
  const link = mail?.match(/\/verify\?token=[\w.-]+/)?.[0]
  if (!link) throw new Error(`Nothing was sent to ${email}.`)
  return link
}
