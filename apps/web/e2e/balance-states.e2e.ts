import { catalog } from '@tollgate/contract/catalog'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GalleryPage, openGallery } from './fixtures/open-gallery.ts'

let gallery: GalleryPage
let page: Page
let open: GalleryPage['open']
beforeAll(async () => {
  gallery = await openGallery()
  ;({ page, open } = gallery)
})
afterAll(() => gallery?.stop())

describe('a state of a balance', () => {
  it.each([
    ['usage-low', 'AI tokens', 'Almost used up'],
    ['usage-low', 'API calls', 'Running low'],
    ['usage-exhausted', 'AI tokens', 'Used up'],
    ['usage-overage', 'AI tokens', 'Over the limit'],
    ['usage-unlimited', 'API calls', 'Unlimited'],
    ['usage-unreadable', 'API calls', 'Unavailable'],
  ])('is said without colour in %s: %s, %s', async (state, meter, word) => {
    await open(state)
    const badge = page
      .getByRole('region', { name: meter, exact: true })
      .locator('header')
      .getByText(word)
    expect(await badge.locator('svg').count()).toBe(1)
  })

  it.each([
    ['usage-fresh', 'Image generations', '0 of 10 images used · 0%'],
    ['usage-low', 'Image generations', '8 of 10 images used · 80%'],
    ['usage-low', 'AI tokens', '4,800 of 5,000 tokens used · 96%'],
    ['usage-exhausted', 'Image generations', '10 of 10 images used · 100%'],
    ['usage-low', 'Image generations', '2 left'],
    ['usage-overage', 'AI tokens', '5,130 of 5,000 tokens used · 102.6%'],
    ['usage-overage', 'AI tokens', '130 over the included amount'],
    ['usage-unlimited', 'Image generations', '388 of 550 images used · 70.5%'],
  ])('is shown in numbers in %s: %s, %s', async (state, meter, text) => {
    await open(state)
    const card = page.getByRole('region', { name: meter, exact: true })
    expect(await card.getByText(text, { exact: true }).count()).toBe(1)
  })
})

describe('the page that spends a meter', () => {
  it.each([
    ['images-low', 'You have used 80% of your images.', 'en', 'Upgrade'],
    ['images-critical', 'Only 1 image left.', 'en', 'Upgrade'],
    ['images-low', '80 % Ihrer Bilder verbraucht.', 'de', 'Tarif wechseln'],
  ])('prompts to upgrade in %s: %s', async (state, text, language, action) => {
    await open(state, language)
    const banner = page.getByRole('status', { name: language === 'en' ? 'Notice' : 'Hinweis' })
    await banner.getByText(text, { exact: true }).waitFor()
    expect(await banner.getByRole('link', { name: action }).getAttribute('href')).toBe('/plans')
  })

  it('prompts more strongly from 90 % on', async () => {
    const backgrounds: string[] = []
    for (const state of ['images-low', 'images-critical']) {
      await open(state)
      const link = page.getByRole('status', { name: 'Notice' }).getByRole('link')
      backgrounds.push(await link.evaluate((node) => getComputedStyle(node).backgroundColor))
    }
    expect(backgrounds[0]).toBe('rgba(0, 0, 0, 0)')
    expect(backgrounds[1]).not.toBe(backgrounds[0])
  })
})

describe('the thresholds', () => {
  it.each([
    ['text-below-80', '3,999 of 5,000 tokens used · 79.9%', null],
    ['text-at-80', '4,000 of 5,000 tokens used · 80%', 'You have used 80% of your tokens.'],
    ['text-at-90', '4,500 of 5,000 tokens used · 90%', 'Only 500 tokens left.'],
    ['text-at-100', '5,000 of 5,000 tokens used · 100%', null],
  ])('are kept to in %s: %s, %s', async (state, used, prompt) => {
    await open(state)
    await page.getByTestId('balance-text').getByText(used, { exact: true }).waitFor()
    const banner = page.getByRole('status', { name: 'Notice' })
    expect(await banner.locator('p').allTextContents()).toEqual(prompt === null ? [] : [prompt])
    // Used-up credits are explained on the page itself, with what can be bought.
    const upgrade = page.getByRole('button', { name: /^Upgrade to Pro/ })
    expect(await upgrade.count()).toBe(state === 'text-at-100' ? 1 : 0)
  })
})

describe('meters', () => {
  it('of the catalog all have a card, a history, a filter and a cap on the usage page', async () => {
    await open('usage-fresh')
    const history = page.getByRole('region', { name: 'Per day' })
    for (const [meter, { name }] of Object.entries(catalog.meters)) {
      await page.getByRole('region', { name, exact: true }).getByRole('meter').waitFor()
      await history.getByRole('radio', { name, exact: true }).check()
      await page.getByRole('combobox', { name: 'Meter' }).selectOption(meter)
      expect(await page.getByLabel(`${name}: monthly limit`).count()).toBe(1)
    }
  })

  it('have a name and say in words what the bar shows', async () => {
    await open('usage-low')
    const meter = page.getByRole('meter', { name: 'AI tokens' })
    expect(await meter.getAttribute('aria-valuetext')).toBe(
      '4,800 of 5,000 tokens used · 96%, 140 left, 60 reserved, Resets December 1',
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
    // November 22, 9:00: 21.375 of 30 days.
    expect(place).toBeCloseTo(21.375 / 30, 2)
  })

  it('are not there when there is no limit', async () => {
    await open('usage-unlimited')
    expect(await page.getByRole('meter').count()).toBe(Object.keys(catalog.meters).length - 1)
    expect(await page.getByText('Unlimited · 1,204 calls used').count()).toBe(1)
  })

  it('show neither 0 nor 100 % when the balance cannot be read', async () => {
    await open('usage-unreadable')
    expect(await page.getByRole('meter').count()).toBe(0)
    expect(await page.getByText('Balance unavailable').count()).toBe(
      Object.keys(catalog.meters).length,
    )
  })

  it('show what is used in forced colors as well, like the chosen tile and the current page', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    await open('usage-low')
    const background = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((node) => getComputedStyle(node).backgroundColor)
    const surface = await background('body')
    for (const selector of [
      '[data-part=used]',
      'label:has(input[type=radio]:checked)',
      'a[aria-current=page]',
    ]) {
      expect(await background(selector), selector).not.toBe(surface)
      expect(await background(selector), selector).not.toBe('rgba(0, 0, 0, 0)')
    }
    await page.emulateMedia({ forcedColors: 'none' })
  })

  it('speak German with German numbers', async () => {
    await open('usage-low', 'de')
    const meter = page.getByRole('meter', { name: 'KI-Token' })
    expect(await meter.getAttribute('aria-valuetext')).toBe(
      '4.800 von 5.000 Token verbraucht · 96\u00a0%, 140 übrig, 60 reserviert, Erneuert am 1. Dezember',
    )
  })
})

describe('the history', () => {
  it('has the same numbers as a chart, day by day under the keyboard, and as a table', async () => {
    await open('usage-unlimited')
    const chart = page.getByRole('slider')
    await chart.focus()
    const days: (string | null)[] = []
    await page.keyboard.press('Home')
    for (let day = 0; day < 30; day += 1) {
      days.push(await chart.getAttribute('aria-valuetext'))
      expect(await page.getByTestId('day').textContent()).toBe(days.at(-1))
      await page.keyboard.press('ArrowRight')
    }
    await page.getByRole('button', { name: 'Show as table' }).click()
    const rows = page.getByRole('region', { name: 'Per day' }).locator('tbody tr')
    await rows.first().waitFor()
    const amounts = await rows.locator('td:last-child').allTextContents()
    expect(days.map((text) => /: (\d+) images?$/.exec(text ?? '')?.[1])).toEqual(
      amounts.toReversed(),
    )
    expect(await rows.first().evaluate((row) => row.getBoundingClientRect().height)).toBe(36)
  })

  it('shows a day under the mouse and under a finger', async () => {
    await open('usage-unlimited')
    const plot = page.getByTestId('plot')
    const day = page.getByTestId('day')
    await plot.scrollIntoViewIfNeeded()
    await plot.hover({ position: { x: 3, y: 60 } })
    expect(await day.textContent()).toMatch(/Oct 24: \d+ images/)
    await page.mouse.move(0, 0)
    await day.waitFor({ state: 'detached' })
    await plot.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 0, clientY: 0 })
    await plot.dispatchEvent('pointerout', { pointerType: 'touch' })
    expect(await day.textContent()).toMatch(/Oct 24: \d+ images/)
  })

  it('is scaled by round numbers', async () => {
    await open('usage-unlimited')
    const lines = page.getByTestId('plot').locator('xpath=preceding-sibling::div/span[@style]')
    expect(await lines.allTextContents()).toEqual(['0', '10', '20', '30'])
  })

  it('goes on in dashes to the day on which the balance runs out, which is named', async () => {
    await open('usage-running-out')
    const history = page.getByRole('region', { name: 'Per day' })
    await history.getByRole('radio', { name: 'AI tokens' }).check()
    await history.getByText(/^At this pace you run out around November 26, 4 days/).waitFor()
    expect(await history.locator('[data-part=projected]').count()).toBe(4)
    const chart = history.getByRole('slider')
    await chart.focus()
    await page.keyboard.press('End')
    expect(await chart.getAttribute('aria-valuetext')).toBe(
      'Thu, Nov 26: about 4,030 tokens at this pace',
    )
    await open('usage-unlimited')
    await history.getByText('What today comes to at the pace of the last 7 days').waitFor()
  })
})

describe('the usage page', () => {
  it.each(['usage-unlimited', 'usage-low'])(
    'shows header, meters, chart and the start of the activity within 1 200 px in %s',
    async (state) => {
      await page.setViewportSize({ width: 1440, height: 1200 })
      await open(state)
      const row = page.getByRole('region', { name: 'Activity' }).locator('tbody tr').first()
      const bottom = await row.evaluate((node) => node.getBoundingClientRect().bottom)
      expect(bottom).toBeLessThan(1200)
      await page.setViewportSize({ width: 1280, height: 720 })
    },
  )

  it('names the plan, its period and what the period has cost', async () => {
    await open('usage-unlimited')
    const facts = page.locator('dl').first()
    expect(await facts.locator('dd').allTextContents()).toEqual([
      'Pro · $20 per month',
      'November 1 – December 1',
      '$25',
    ])
  })

  it('has its settings in a view of their own', async () => {
    await open('usage-unlimited')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('group', { name: 'Alert me when I have used' }).waitFor()
    expect(await page.getByRole('meter').count()).toBe(0)
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('meter').first().waitFor()
  })

  it('explains a limit above the balance, and what it would cost to reach it', async () => {
    await open('usage-fresh')
    const card = page.getByRole('region', { name: 'Image generations', exact: true })
    await card.getByText('Edit', { exact: true }).click()
    await card.getByLabel('Image generations: monthly limit').fill('70')
    await expect
      .poll(() => card.getByRole('status').textContent())
      .toBe(
        '60 images more than the 10 you have this period: a limit adds nothing, so these would have to be bought first. 2 × 50 images cost $10 once.',
      )
    expect(await card.getByText(/Setting one buys nothing and is never billed\./).count()).toBe(1)
  })
})
