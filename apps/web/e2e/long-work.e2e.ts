import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestWithText } from './fixtures/guest-with-draft.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'
import { textPage } from './fixtures/text-page.ts'
import { startTextProvider, type TextProvider } from './fixtures/text-provider.ts'

/** How long to wait for a retry before advancing the clock again. */
const STEP = { timeout: 3000 }
/** More retries than the client makes before it gives up. */
const TRIES_MAX = 250
/** Longer than any delay between retries. */
const STEP_MS = 6000

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

describe('the price of work whose cost is known only afterwards', () => {
  it('is on the button with the very amount that is then held', async () => {
    provider.set('waits')
    const { page, context, text } = await guestWithText(studio)
    const priced = page.getByRole('button', { name: /^Summarise · ≈ .*, up to \d+ reserved$/ })
    const label = (await priced.textContent()) ?? ''
    const [low = 0, high = 0, hold = 0] = (label.match(/\d+/g) ?? []).map(Number)
    expect(low).toBeLessThan(high)
    expect(high).toBeLessThanOrEqual(hold)
    await text.summarise.click()
    await page.getByText(`${hold} reserved`, { exact: true }).waitFor()
    await expect.poll(text.balance).toBe(`${(5000 - hold).toLocaleString('en-GB')} left`)
    await provider.release()
    await text.receipt.waitFor()
    await context.close()
  })

  it('blocks the button before the click when the balance cannot cover it', async () => {
    const { page, context, text } = await guestWithText(studio, 'q7z '.repeat(4000))
    await page.getByText(/^This takes [\d,]+ tokens and you have 5,000 left\./).waitFor()
    await expect.poll(() => text.summarise.getAttribute('aria-disabled')).toBe('true')
    await context.close()
  })
})

describe('work that takes long', () => {
  it('shows that it runs and since when, and says so in words when it takes very long', async () => {
    provider.set('waits')
    const { page, context, text } = await guestWithText(studio)
    await page.clock.install()
    await text.summarise.click()
    const progress = page.getByRole('progressbar', { name: 'Summarising…' })
    await progress.waitFor()
    // Indeterminate: no percentage is claimed.
    await expect.poll(() => progress.getAttribute('aria-valuenow')).toBeNull()
    await page.clock.runFor(3000)
    // The clock also runs in real time while a step takes.
    await page.getByText(/^0:(?:0[3-9]|[1-5]\d)$/).waitFor()
    await page.clock.runFor(72_000)
    await page.getByText(/^(?:1:(?:1[5-9]|[2-5]\d)|2:[0-5]\d)$/).waitFor()
    const said = page.getByRole('status').filter({ hasText: 'This takes longer than usual.' })
    await expect.poll(() => said.count()).toBe(1)
    await provider.release()
    await text.receipt.waitFor()
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(0)
    await context.close()
  })

  it('is asked for again by hand, with the same key, once the page has stopped asking', async () => {
    provider.set('waits')
    const { page, context, text } = await guestWithText(studio)
    const keys = new Set<string | undefined>()
    context.on('request', (request) => {
      if (!request.url().includes('/trpc/text.summarize')) return
      keys.add(request.headers()['idempotency-key'])
    })
    await text.summarise.click()
    await expect.poll(() => keys.size).toBe(1)
    const opened = context.waitForEvent('page')
    await page.evaluate(() => void window.open('/summarise'))
    const second = await opened
    const other = textPage(second)
    await other.summarise.waitFor()
    await second.clock.install()
    await other.summarise.click()
    await second.getByText('Still working on it').waitFor()
    const end = second.getByText('Your earlier click is taking very long')
    for (let tries = 0; tries < TRIES_MAX && !(await end.isVisible()); tries += 1) {
      // Advancing the clock also triggers other requests of the page, so wait for this one.
      const asked = second
        .waitForResponse((response) => response.url().includes('/trpc/text.summarize'), STEP)
        .catch(() => null)
      await second.clock.fastForward(STEP_MS)
      await Promise.race([asked, end.waitFor()])
    }
    await end.waitFor()
    await second.getByText('It is still running.').waitFor()
    await expect.poll(() => second.getByText('Still working on it').count()).toBe(0)

    await provider.release()
    await text.receipt.waitFor()
    await second.getByRole('button', { name: 'Ask again' }).click()
    await second.getByText('You were charged once.').waitFor()
    expect(keys.size).toBe(1)
    await context.close()
  })
})
