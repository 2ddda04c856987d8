import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestWithPrompt, guestWithText } from './fixtures/guest-with-draft.ts'
import { imagePage } from './fixtures/image-page.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'
import { startTextProvider, type TextProvider } from './fixtures/text-provider.ts'

let studio: Studio
let provider: TextProvider
beforeAll(async () => {
  provider = await startTextProvider()
  studio = await startStudio(provider.environment)
})
afterAll(async () => {
  await studio?.stop()
  await provider?.stop()
})

const earlier = (page: Page) => page.getByRole('region', { name: 'Earlier' })

/** The URL of the picture on screen, which contains its operation's id. */
async function shown(page: Page): Promise<string | null> {
  return imagePage(page).picture.getAttribute('src')
}

describe('a picture that was paid for', () => {
  it('is on its page after Usage, a reload and on another device of the account, with its keeping time', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.make(9)
    const fox = await shown(page)
    await images.prompt.fill('A harbour')
    await images.make(8)
    const harbour = await shown(page)
    const first = earlier(page).getByRole('button', { name: 'Open A fox' })
    await first.waitFor()

    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByRole('link', { name: 'Images' }).click()
    await expect.poll(() => shown(page)).toBe(harbour)
    await page.getByText(/^1 image · Kept until \d+ \w+, \d\d:\d\d$/).waitFor()
    await first.click()
    await expect.poll(() => shown(page)).toBe(fox)
    await page.reload()
    await expect.poll(() => shown(page)).toBe(fox)
    await earlier(page).getByRole('button', { name: 'Open A harbour' }).waitFor()
    const link = earlier(page).getByRole('link', { name: 'Download A harbour' })
    await expect.poll(() => link.getAttribute('download')).toBe('a-harbour.png')
    await expect.poll(() => link.getAttribute('href')).toBe(harbour)

    const email = `ada-${Date.now()}@example.com`
    await page.getByRole('link', { name: 'Account: Guest' }).click()
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('link', { name: 'Account: Ada' }).waitFor()
    const device = await studio.browser.newContext({
      locale: 'en-GB',
      baseURL: studio.tollgate.url,
    })
    const other = await device.newPage()
    await other.goto('/')
    await other.getByLabel('Email').fill(email)
    await other.getByLabel('Password').fill('correct horse')
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect.poll(() => shown(other)).toBe(harbour)
    const stranger = await studio.guest()
    await stranger.page.getByText('Your card appears here').waitFor()
    await expect.poll(() => earlier(stranger.page).count()).toBe(0)
    for (const one of [context, device, stranger.context]) await one.close()
  })

  it('stays on screen when the next click is refused, and through the checkout that follows', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    for (let left = 9; left >= 0; left -= 1) {
      await images.prompt.fill(`A fox and ${left} hens`)
      await images.make(left)
    }
    const last = await shown(page)
    await images.prompt.fill('A harbour')
    await images.panel.waitFor()
    await expect.poll(() => shown(page)).toBe(last)
    await page.getByRole('button', { name: /^Upgrade to Pro/ }).click()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('button', { name: 'Continue · 1 image' }).waitFor()
    await expect.poll(() => shown(page)).toBe(last)
    await expect.poll(() => earlier(page).getByRole('listitem').count()).toBe(9)
    await context.close()
  })
})

describe('earlier results', () => {
  it('appear by themselves when a call of another window, a script or before a reload ends', async () => {
    const { page, context } = await studio.guest()
    await page.getByText('Your card appears here').waitFor()
    expect(await spend(context, 'images.generate')).toBe(200)
    await page.getByRole('img', { name: 'From elsewhere' }).waitFor()
    expect(await spend(context, 'images.generate')).toBe(200)
    await earlier(page).getByRole('button', { name: 'Open From elsewhere' }).waitFor()
    await context.close()
  })

  it('are read again when they could not be read', async () => {
    const { page, context } = await guestWithPrompt(studio)
    await page.route(/billing\.results/u, async (route) => {
      const paths = new URL(route.request().url()).pathname.split(',')
      const data = { code: 'FORBIDDEN', httpStatus: 403, billing: null }
      const error = { code: -32003, message: 'Not now.', data }
      await route.fulfill({ status: 403, json: paths.map(() => ({ error })) })
    })
    await page.reload()
    await page.getByText('What you made earlier could not be read.').waitFor()
    await page.unroute(/billing\.results/u)
    await page.getByRole('button', { name: 'Try again' }).click()
    await earlier(page).waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByText('could not be read').count()).toBe(0)
    await context.close()
  })
})

describe('a QR code that was paid for', () => {
  it('is on its page after a reload', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'QR code' }).click()
    await page.getByLabel('Link or text').fill('https://example.com')
    await page.getByRole('button', { name: 'Make QR code · 1 call' }).click()
    await page.getByText('1 call used · 99 left').waitFor()
    await page.reload()
    await page.getByText(/^1 call · Kept until/).waitFor()
    const code = page.getByRole('img', { name: /^QR code/ })
    expect(await code.getAttribute('src')).toMatch(/^data:image\/svg\+xml,/)
    await context.close()
  })
})

describe('a summary that was left in the middle', () => {
  it('goes on while another page is open, and is charged once', async () => {
    provider.set('waits')
    const { page, context, text } = await guestWithText(studio)
    await text.summarise.click()
    await page.getByRole('progressbar', { name: 'Summarising…' }).waitFor()
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByRole('heading', { name: 'Usage' }).waitFor()
    await page.getByRole('link', { name: 'Text' }).click()
    await page.getByRole('progressbar', { name: 'Summarising…' }).waitFor()
    await provider.release()
    await page.getByText('A short text.').first().waitFor()
    const [balance] = /[\d,]+ left/.exec((await text.receipt.textContent()) ?? '') ?? []
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByRole('link', { name: 'Text' }).click()
    await page.getByText('A short text.').first().waitFor()
    await page.getByText(/^\d+ tokens · Kept until/).waitFor()
    await expect.poll(text.balance).toBe(balance)
    await context.close()
  })

  it('is found after a reload with what was delivered, and the next click on its draft buys nothing', async () => {
    provider.set('begins')
    const { page, context, text } = await guestWithText(studio)
    const keys = new Set<string | undefined>()
    context.on('request', (request) => {
      if (request.url().includes('/trpc/text.summarize'))
        keys.add(request.headers()['idempotency-key'])
    })
    await text.summarise.click()
    await page.getByText('A short').waitFor()
    await page.reload()
    await page.getByText('A short').first().waitFor()
    await page.getByText('Stopped. Only what you see was charged.').waitFor()
    const kept = await page.getByText(/^\d+ tokens · Kept until/).textContent()
    const balance = `${(5000 - Number.parseInt(kept ?? '', 10)).toLocaleString('en-GB')} left`
    await expect.poll(text.balance).toBe(balance)
    provider.set('answers')
    await text.summarise.click()
    await page.getByText('You were charged once.').waitFor()
    expect(keys.size).toBe(1)
    await expect.poll(text.balance).toBe(balance)
    await context.close()
  })
})
