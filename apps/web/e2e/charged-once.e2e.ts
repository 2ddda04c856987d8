import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestWithPrompt, guestWithText } from './fixtures/guest-with-draft.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'
import { textPage } from './fixtures/text-page.ts'
import { startTextProvider, type TextProvider } from './fixtures/text-provider.ts'

const GENERATE = '**/trpc/images.generate*'

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

/** The keys of every billed call that these windows send. */
function keysOf(windows: Page | BrowserContext, procedure = 'images.generate'): string[] {
  const keys: string[] = []
  windows.on('request', (request) => {
    if (request.url().includes(`/trpc/${procedure}`)) {
      keys.push(request.headers()['idempotency-key'] ?? 'none')
    }
  })
  return keys
}

describe('one click is charged once', () => {
  it('409: the same click from a second window waits for the first one’s answer', async () => {
    provider.set('waits')
    const { page, context, text } = await guestWithText(studio)
    const keys = keysOf(context, 'text.summarize')
    await page.getByText(/^AI summary by /).waitFor()
    await text.summarise.click()
    await expect.poll(() => keys.length).toBe(1)
    // A window opened by script inherits sessionStorage, and so the draft.
    const opened = context.waitForEvent('page')
    await page.evaluate(() => void window.open('/summarise'))
    const second = await opened
    await textPage(second).summarise.click()
    await second.getByText('Still working on it').waitFor()
    await second.getByText('Your earlier click is still running').waitFor()
    await provider.release()
    provider.set('answers')
    await text.receipt.waitFor()
    await second.getByText('You were charged once.').waitFor()
    expect(keys.length).toBeGreaterThan(2)
    expect(new Set(keys).size).toBe(1)
    const cost = Number(/^(\d+) tokens/.exec((await text.receipt.textContent()) ?? '')?.[1])
    await expect.poll(text.balance).toBe(`${(5000 - cost).toLocaleString('en-GB')} left`)
    await context.close()
  })

  it('when its answer gets lost on the way back', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    const keys = keysOf(page)
    await page.route(
      GENERATE,
      async (route) => {
        await route.fetch()
        await route.abort('connectionreset')
      },
      { times: 1 },
    )
    await images.generate.click()
    await page.getByText('You were charged once.').waitFor()
    expect(new Set(keys).size).toBe(1)
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })

  it('when the page is closed before the answer came, which is found again and free', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    const keys = keysOf(page)
    let isServed = false
    await page.route(
      GENERATE,
      async (route) => {
        await route.fetch()
        isServed = true
      },
      { times: 1 },
    )
    await images.generate.click()
    await expect.poll(() => isServed).toBe(true)
    await page.reload()
    await images.picture.waitFor()
    await page.getByRole('button', { name: 'Generate · free' }).click()
    expect(new Set(keys).size).toBe(1)
    // The picture may come from the list of results before the balance is read.
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })

  it('and not at all when it never reached the server', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await page.route(GENERATE, (route) => route.abort('connectionrefused'))
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('The connection was lost').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await page.unroute(GENERATE)
    await images.make(9)
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })
})
