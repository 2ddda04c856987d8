import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '@tollgate/testing/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from './fixtures/find-violations.ts'
import { serveGallery } from './fixtures/serve-gallery.ts'

const PICTURES = fileURLToPath(new URL('../test-results/gallery', import.meta.url))
const SIZES = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
]
/** Longer than any transition of ours. */
const SETTLE_MS = 3000
const THEMES = ['light', 'dark'] as const

let gallery: Awaited<ReturnType<typeof serveGallery>>
let browser: Browser
let context: BrowserContext
let page: Page
let states: string[]

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await launchChromium()
  context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.goto(gallery.url)
  await page.getByRole('listitem').first().waitFor()
  states = await page.getByRole('listitem').allTextContents()
  await mkdir(PICTURES, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await gallery?.stop()
})

async function open(state: string, language = 'en', theme = 'system'): Promise<void> {
  await page.evaluate(
    (chosen) => {
      localStorage.setItem('tollgate:locale', chosen.language)
      localStorage.setItem('tollgate:theme', chosen.theme)
    },
    { language, theme },
  )
  await page.goto(`${gallery.url}/${state}`)
  await page.locator('[data-settled=true]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready)
}

/** How wide the page is once it has taken in a new size of its window, which takes a frame or two. */
async function settledWidth(fitting: number): Promise<number> {
  await page
    .waitForFunction((most) => document.documentElement.scrollWidth <= most, fitting, {
      timeout: SETTLE_MS,
    })
    .catch(() => null)
  return page.evaluate(() => document.documentElement.scrollWidth)
}

async function show(theme: (typeof THEMES)[number]): Promise<void> {
  await page.evaluate((value) => {
    document.documentElement.dataset['theme'] = value
  }, theme)
}

describe('every state of the gallery', () => {
  it('has no accessibility violation in either theme', async () => {
    expect(states.length).toBeGreaterThan(20)
    const found: string[] = []
    await page.setViewportSize({ width: 1024, height: 900 })
    for (const state of states) {
      for (const theme of THEMES) {
        await open(state, 'en', theme)
        const violations = await findViolations(page)
        found.push(...violations.map((violation) => `${state}, ${theme}: ${violation}`))
      }
    }
    expect(found).toEqual([])
  })

  it('fits every width from 320 to 1440 in both themes and is kept as a picture', async () => {
    const tooWide: string[] = []
    for (const state of states) {
      await open(state)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        const width = await settledWidth(size.width)
        if (width > size.width) tooWide.push(`${state}: ${width} px at ${size.width}`)
        for (const theme of THEMES) {
          await show(theme)
          await page.screenshot({ path: `${PICTURES}/${state}-${size.width}-${theme}.png` })
        }
      }
    }
    expect(tooWide).toEqual([])
  })

  it('takes a new theme at once where motion is reduced', async () => {
    await open('images-fresh', 'en', 'light')
    const [light, dark, later] = await page.evaluate(async () => {
      const ink = () => getComputedStyle(document.documentElement).color
      const before = ink()
      document.documentElement.dataset['theme'] = 'dark'
      const after = ink()
      await new Promise((resolve) => setTimeout(resolve, 200))
      return [before, after, ink()]
    })
    expect(dark).not.toBe(light)
    expect(dark).toBe(later)
  })

  it('fits 320 px in German, where words are long', async () => {
    const tooWide: string[] = []
    await page.setViewportSize({ width: 320, height: 640 })
    for (const state of states) {
      await open(state, 'de')
      const width = await settledWidth(320)
      if (width > 320) tooWide.push(`${state}: ${width} px`)
    }
    expect(tooWide).toEqual([])
  })

  it('is complained about by the same check when something is wrong', async () => {
    await open('images-fresh')
    await page.evaluate(() => {
      const button = document.createElement('button')
      document.querySelector('main')?.append(button)
    })
    expect(await findViolations(page)).toEqual([expect.stringContaining('button-name')])
  })
})

describe('meters', () => {
  it('have a name and say in words what the bar shows', async () => {
    await open('usage-low')
    const meter = page.getByRole('meter', { name: 'AI tokens' })
    expect(await meter.getAttribute('aria-valuetext')).toBe(
      '4,800 of 5,000 used, 60 held, Renews December 1',
    )
    expect(await meter.getAttribute('aria-valuemax')).toBe('5000')
  })

  it('are marked where an even pace would be, and say it in words', async () => {
    await open('usage-low')
    const card = page.getByRole('region', { name: 'AI tokens' })
    await card.getByText('At an even pace: 3,563 by now').waitFor()
    const place = await card.getByTestId('pace').evaluate((tick) => {
      const bar = tick.parentElement?.getBoundingClientRect()
      const { left, width } = tick.getBoundingClientRect()
      return bar ? (left + width / 2 - bar.left) / bar.width : Number.NaN
    })
    // The 22nd of November, nine o'clock: 21.375 of 30 days.
    expect(place).toBeCloseTo(21.375 / 30, 2)
  })

  it('are not there when there is no limit', async () => {
    await open('usage-unlimited')
    expect(await page.getByRole('meter').count()).toBe(2)
    expect(await page.getByText('Unlimited · 1,204 used').count()).toBe(1)
  })

  it('show neither 0 nor 100 % when the balance cannot be read', async () => {
    await open('usage-unreadable')
    expect(await page.getByRole('meter').count()).toBe(0)
    expect(await page.getByText('Balance unavailable').count()).toBe(3)
  })

  it('speak German with German numbers', async () => {
    await open('usage-low', 'de')
    const meter = page.getByRole('meter', { name: 'KI-Token' })
    expect(await meter.getAttribute('aria-valuetext')).toBe(
      '4.800 von 5.000 verbraucht, 60 zurückgelegt, Erneuert am 1. Dezember',
    )
  })
})

describe('the history', () => {
  it('shows the same numbers as bars and as a table', async () => {
    await open('usage-unlimited')
    const bars = await page.locator('figure rect title').allTextContents()
    await page.getByRole('button', { name: 'Show as table' }).click()
    const cells = await page
      .locator('section[aria-label="Per day"] tbody td:last-child')
      .allTextContents()
    const amounts = bars.map((text) => text.split(': ')[1])
    expect(amounts).toHaveLength(30)
    expect(cells.toReversed()).toEqual(amounts)
  })
})
