import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setBillingDown } from './fixtures/break-billing.ts'
import { guestWithPrompt, guestWithText } from './fixtures/guest-with-draft.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'
import { startTextProvider, type TextProvider } from './fixtures/text-provider.ts'

/** More than the other tests here need, few enough for one test to reach. */
const BILLED_CALLS_PER_MINUTE = 15
/** Until the server retries an unresponsive backend and the page polls again. */
const BACK_MS_MAX = 60_000

let studio: Studio
let provider: TextProvider
beforeAll(async () => {
  provider = await startTextProvider()
  studio = await startStudio({
    BILLED_CALLS_PER_MINUTE: String(BILLED_CALLS_PER_MINUTE),
    ...provider.environment,
  })
})
afterAll(async () => {
  await studio?.stop()
  await provider?.stop()
})

describe('a click that is refused says why, what to do, and that it was not charged', () => {
  it('402: credits that went elsewhere a moment ago', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    // Without pushes, the page does not know yet that the credits are used up.
    await page.route('**/trpc/billing.onBalance*', (route) => route.abort())
    await page.reload()
    await page.getByTestId('balance-text').waitFor()
    for (let count = 0; count < 10; count += 1) {
      expect(await spend(context, 'images.generate')).toBe(200)
    }
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('You are out of images').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await alert.getByRole('button', { name: /^Upgrade to Pro/ }).waitFor()
    await expect.poll(images.balance).toBe('0 left')
    await context.close()
  })

  it('402 by keyboard alone: from the button to checkout', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    for (let count = 0; count < 10; count += 1) await spend(context, 'images.generate')
    await images.panel.waitFor()
    await page.getByRole('button', { name: /^Upgrade to Pro/ }).waitFor()
    await images.generate.focus()
    await page.keyboard.press('Tab')
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toMatch(/^Upgrade to Pro/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Pay/ }).waitFor()
    await context.close()
  })

  it('402: a monthly cap of one’s own, until it is raised', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await page.getByRole('link', { name: 'Usage' }).click()
    const card = page.getByRole('region', { name: 'Image generations', exact: true })
    await card.getByText('Edit', { exact: true }).click()
    const cap = page.getByLabel('Image generations: monthly limit')
    await cap.fill('1')
    const form = page.locator('form').filter({ has: cap })
    await form.getByRole('button', { name: 'Set limit' }).click()
    await page.getByText('0 of 1 spent this month.').waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await images.make(9)
    await images.prompt.fill('Another fox')
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('You have reached your monthly limit').waitFor()
    await alert.getByText('0 of 1 image in your monthly limit').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    // The server enforces it, not only this page.
    expect(await spend(context, 'images.generate')).toBe(402)

    await alert.getByRole('link', { name: 'Raise the limit' }).click()
    await page.getByText('1 of 1 spent this month.').waitFor()
    const focused = () => cap.evaluate((input) => input === document.activeElement)
    await expect.poll(focused).toBe(true)
    const isSeen = () => cap.evaluate((input) => input.getBoundingClientRect().top < innerHeight)
    await expect.poll(isSeen).toBe(true)
    await cap.fill('2')
    await page.getByRole('button', { name: 'Change limit' }).click()
    await page.getByText('1 of 2 spent this month.').waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await images.make(8)
    await context.close()
  })

  it('403: HD is not in the free plan', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.make(9)
    const before = await images.picture.getAttribute('src')
    await page.getByRole('checkbox', { name: 'HD Double resolution, included in Pro' }).check()
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('Not part of your plan').waitFor()
    await alert.getByText('HD images are included in Pro.').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    // Waiting is not offered, and the previous picture stays.
    await alert.getByRole('button', { name: /^Upgrade to Pro/ }).waitFor()
    await expect.poll(() => alert.getByText('Wait until').count()).toBe(0)
    await expect.poll(() => images.picture.getAttribute('src')).toBe(before)
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })

  it('a QR code of more than a code can hold is refused before the click', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'QR code' }).click()
    await page.getByLabel('Link or text').fill('海'.repeat(800))
    const field = page.getByRole('textbox', { name: 'Link or text' })
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await page.getByText('Too long for a QR code in these characters').first().waitFor()
    const button = page.getByRole('button', { name: 'Make QR code · 1 call' })
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
    await context.close()
  })

  it('400: characters that no font has, and colors that no scanner reads, are named at their field', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.subtitle.fill('Welcome مرحبا')
    await images.generate.click()
    await page.getByText('These characters cannot be drawn: م ر ح ب ا').waitFor()
    await expect.poll(() => images.subtitle.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(images.balance).toBe('10 left')
    await images.subtitle.fill('Welcome')
    await images.make(9)

    await page.getByRole('link', { name: 'QR code' }).click()
    await page.getByLabel('Link or text').fill('https://example.com')
    await page.getByLabel('Code color').fill('#ffcc00')
    await page.getByRole('button', { name: 'Make QR code · 1 call' }).click()
    await page.getByText('Scanners need a dark code on a light background').waitFor()
    await expect.poll(images.balance).toBe('100 left')
    await context.close()
  })

  it('429: too fast, with a countdown', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    for (let count = 0; count < BILLED_CALLS_PER_MINUTE; count += 1)
      await spend(context, 'tools.qrCode')
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('Too many requests').waitFor()
    const seconds = async () => Number((await alert.textContent())?.match(/in (\d+) second/)?.[1])
    const first = await seconds()
    await expect.poll(seconds).toBeLessThan(first)
    await expect.poll(images.balance).toBe('10 left')
    await context.close()
  })

  it('503: billing is down, and the balance of a new customer is not known', async () => {
    await setBillingDown(studio.tollgate, true)
    const { page, context, images } = await guestWithPrompt(studio)
    await page.getByTestId('balance-text').getByText('Balance unavailable').waitFor()
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('Billing is unavailable').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await expect.poll(() => images.prompt.inputValue()).toBe('A fox')

    await setBillingDown(studio.tollgate, false)
    await expect.poll(images.balance, { timeout: BACK_MS_MAX }).toBe('10 left')
    await images.make(9)
    await context.close()
  })

  it('500: the work itself failed, and the ledger says it was not charged', async () => {
    provider.set('refuses')
    const { page, context, text } = await guestWithText(studio)
    await text.summarise.click()
    const alert = page.getByRole('alert')
    await alert.getByText('Something went wrong on our side').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await expect.poll(text.balance).toBe('5,000 left')
    provider.set('answers')
    await text.summarise.click()
    await text.receipt.waitFor()
    await context.close()
  })
})
