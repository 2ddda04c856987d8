import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

/** Above what the other stories here need, low enough to be reached by one. */
const BILLED_CALLS_PER_MINUTE = 15
const GENERATE = '**/trpc/images.generate*'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio({ BILLED_CALLS_PER_MINUTE: String(BILLED_CALLS_PER_MINUTE) })
})
afterAll(() => studio?.stop())

async function start() {
  const { page, context } = await studio.guest()
  const images = imagePage(page)
  await images.prompt.fill('A fox')
  return { page, context, images }
}

/** The keys of every billed call the page sends. */
function keysOf(page: Page): string[] {
  const keys: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('images.generate')) {
      keys.push(request.headers()['idempotency-key'] ?? 'none')
    }
  })
  return keys
}

describe('a click that is refused says why, what to do, and that it was not charged', () => {
  it('402: credits that went elsewhere a moment ago', async () => {
    const { page, context, images } = await start()
    // Without pushes the page cannot know yet that the credits are gone.
    await page.route('**/trpc/billing.onBalance*', (route) => route.abort())
    await page.reload()
    await page.getByTestId('balance-text').waitFor()
    for (let count = 0; count < 10; count += 1) {
      expect(await spend(context, 'images.generate')).toBe(200)
    }
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('You are out of image generations').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await alert.getByRole('button', { name: /^Upgrade to Pro/ }).waitFor()
    expect(await images.balance()).toBe('0 of 10 image generations left')
    await context.close()
  })

  it('402 by keyboard alone: from the button to checkout', async () => {
    const { page, context, images } = await start()
    for (let count = 0; count < 10; count += 1) await spend(context, 'images.generate')
    await images.panel.waitFor()
    await images.generate.focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(
      /^Upgrade to Pro/,
    )
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Pay/ }).waitFor()
    await context.close()
  })

  it('403: HD is not in the free plan', async () => {
    const { page, context, images } = await start()
    await page.getByRole('checkbox', { name: /^HD/ }).check()
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('Not part of your plan').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    expect(await images.balance()).toBe('10 of 10 image generations left')
    await context.close()
  })

  it('429: too fast, with a countdown', async () => {
    const { page, context, images } = await start()
    for (let count = 0; count < BILLED_CALLS_PER_MINUTE; count += 1)
      await spend(context, 'tools.qrCode')
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('A little too fast').waitFor()
    const seconds = async () => Number((await alert.textContent())?.match(/in (\d+) second/)?.[1])
    const first = await seconds()
    await expect.poll(seconds).toBeLessThan(first)
    expect(await images.balance()).toBe('10 of 10 image generations left')
    await context.close()
  })

  it('503: billing does not answer', async () => {
    const { page, context, images } = await start()
    await page.route(GENERATE, (route) =>
      refuse(route, 503, { kind: 'billing_unavailable', retryAfterMs: 60_000 }),
    )
    await images.generate.click()
    await page.getByRole('alert').getByText('Billing does not answer').waitFor()
    expect(await images.prompt.inputValue()).toBe('A fox')
    await context.close()
  })
})

describe('one click is charged once', () => {
  it('409: an answer that is still being worked on is waited for with the same key', async () => {
    const { page, context, images } = await start()
    const keys = keysOf(page)
    await page.route(
      GENERATE,
      (route) => refuse(route, 409, { kind: 'in_progress', retryAfterMs: 200 }),
      {
        times: 2,
      },
    )
    await images.make(9)
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    await context.close()
  })

  it('when its answer gets lost on the way back', async () => {
    const { page, context, images } = await start()
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
    expect(await images.balance()).toBe('9 of 10 image generations left')
    await context.close()
  })

  it('when the page is closed before the answer came and the same is asked for again', async () => {
    const { page, context, images } = await start()
    const keys = keysOf(page)
    await page.route(GENERATE, async (route) => void (await route.fetch()), { times: 1 })
    await images.generate.click()
    await expect.poll(() => keys.length).toBe(1)
    await page.waitForTimeout(1500)
    await page.reload()
    await images.generate.click()
    await images.picture.waitFor()
    expect(new Set(keys).size).toBe(1)
    expect(await images.balance()).toBe('9 of 10 image generations left')
    await context.close()
  })

  it('and not at all when it never reached the server', async () => {
    const { page, context, images } = await start()
    await page.route(GENERATE, (route) => route.abort('connectionrefused'))
    await images.generate.click()
    const alert = page.getByRole('alert')
    await alert.getByText('The connection was lost').waitFor()
    await alert.getByText('You were not charged.').waitFor()
    await page.unroute(GENERATE)
    await images.make(9)
    expect(await images.balance()).toBe('9 of 10 image generations left')
    await context.close()
  })
})

/** Answers in the server's place, in its words; for what it would take a broken house to answer. */
function refuse(
  route: Route,
  httpStatus: number,
  billing: { kind: string; retryAfterMs: number },
): Promise<void> {
  const data = {
    code: 'REFUSED',
    httpStatus,
    path: 'images.generate',
    billing: { ...billing, message: '' },
  }
  return route.fulfill({ status: httpStatus, json: { error: { message: '', code: -32000, data } } })
}
