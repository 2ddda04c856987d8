import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { letPaymentFail } from './fixtures/break-billing.ts'
import { guestWithPrompt } from './fixtures/guest-with-draft.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

/** Until the server retries an unresponsive backend and the page polls again. */
const BACK_MS_MAX = 60_000

// A new Studio per attempt: the backend's clock is global, and customers of an earlier attempt would use up the failing payment.
let studio: Studio
beforeEach(async () => {
  studio = await startStudio()
})
afterEach(() => studio?.stop())

describe('a plan whose payment failed', () => {
  it('is shown as a failed payment in one banner, and not as an empty balance', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('button', { name: 'Upgrade to Pro' }).click()
    await page.getByRole('button', { name: 'Continue to checkout' }).click()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('Credits added').waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await letPaymentFail(studio.tollgate)
    const banner = page.getByRole('status', { name: 'Notice' })
    await banner.getByText('Your last payment failed.').waitFor({ timeout: BACK_MS_MAX })
    await expect.poll(() => banner.count()).toBe(1)
    await page.getByText('The credits of your plan come when it goes through.').waitFor()
    await expect.poll(() => images.panel.count()).toBe(0)
    await expect.poll(() => page.getByText('You are out of').count()).toBe(0)

    await images.prompt.fill('A draft worth keeping')
    await banner.getByRole('button', { name: 'Pay now' }).click()
    await page.getByRole('heading', { name: /^Pay invoice/ }).waitFor()
    await expect.poll(() => page.getByText('500 images a month').count()).toBe(1)
    await page.getByRole('button', { name: 'Pay $20.00' }).click()
    await page.getByText('Invoice paid').waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    await expect.poll(() => images.prompt.inputValue()).toBe('A draft worth keeping')
    await expect.poll(images.balance).toBe('500 left')
    await expect.poll(() => banner.count()).toBe(0)
    await page.getByRole('button', { name: 'Close' }).click()
    await images.make(499)

    await page.getByRole('link', { name: 'Billing' }).click()
    const invoices = page.getByRole('region', { name: 'Invoices' })
    await invoices.getByText('Paid').first().waitFor()
    await expect.poll(() => invoices.getByText('Paid').count()).toBe(2)
    await expect.poll(() => invoices.getByText('Due').count()).toBe(0)
    await context.close()
  })
})
