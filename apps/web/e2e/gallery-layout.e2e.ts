import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GalleryPage, openGallery } from './fixtures/open-gallery.ts'

const PICTURES = fileURLToPath(new URL('../test-results/gallery', import.meta.url))
const SIZES = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
]
/** Long enough for a CSS transition on a busy machine. */
const SETTLE_MS = 15_000
/** States of pages that sell, refuse and charge; other pages also show user input. */
const SOLD = /^(billing|plans?|invoice|checkout|refusals|text-low|qr-unlimited)/
const THEMES = ['light', 'dark'] as const

let gallery: GalleryPage
let page: Page
let states: string[]
let open: GalleryPage['open']

beforeAll(async () => {
  gallery = await openGallery()
  ;({ page, states, open } = gallery)
  await mkdir(PICTURES, { recursive: true })
})
afterAll(() => gallery?.stop())

/** The width of the page once it has adapted to a new window size, which takes a frame or two. */
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

  it('knows the catalog: the plans are listed with their prices', async () => {
    await open('plans-free')
    expect(await page.getByText('$20', { exact: false }).count()).toBeGreaterThan(0)
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

  it('says in full what to do on an empty canvas of a phone', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const [language, words] of [
      ['en', 'Write what it should say, choose style and size, and press Generate.'],
      ['de', 'Schreiben Sie den Text, wählen Sie Stil und Format und drücken Sie Erzeugen.'],
    ] as const) {
      await open('images-fresh', language)
      const cut = await page.getByText(words).evaluate((text) => {
        const { top, bottom } = text.getBoundingClientRect()
        const hiding: Element[] = []
        for (let box = text.parentElement; box && box !== document.body; box = box.parentElement) {
          const edge = box.getBoundingClientRect()
          const clips = getComputedStyle(box).overflow !== 'visible'
          if (clips && (edge.top > top || edge.bottom < bottom)) hiding.push(box)
        }
        return hiding.map((box) => box.className)
      })
      expect(cut).toEqual([])
    }
  })

  it('says and shows everything in a language of which it has only the copy, 40 % longer', async () => {
    const found: string[] = []
    for (const state of states.filter((name) => SOLD.test(name))) {
      await open(state, 'pseudo')
      for (const width of [320, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const wide = await settledWidth(width)
        if (wide > width) found.push(`${state}: ${wide} px at ${width}`)
        const problems = await page.evaluate(findUntranslatedOrCut)
        found.push(...problems.map((problem) => `${state} at ${width}: ${problem}`))
      }
    }
    expect(found).toEqual([])
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
})

/** Runs in the page: texts that are not from the copy, and texts that their box cuts off. */
function findUntranslatedOrCut(): string[] {
  // Data and output of Intl: names, numbers, dates, amounts.
  const written =
    /\b(January|February|March|April|May|June|July|August|September|October|November|December|AM|PM|UTC|at|Ada|Tollgate Studio|seconds?)\b|\S+@\S+|TG-[\w-]+|Your team has no seat for this\./g
  const isData = (text: string) => !/\p{L}{2}/u.test(text.replaceAll(written, ''))
  const found: string[] = []
  const main = document.querySelector('#root')
  const walker = document.createTreeWalker(main ?? document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? ''
    const box = walker.currentNode.parentElement
    if (text === '' || !box || box.closest('[hidden], h1.sr-only') || !box.checkVisibility())
      continue
    if (!text.includes('⟦') && !isData(text)) found.push(`not translated: ${text}`)
    const style = getComputedStyle(box)
    const cut = style.overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1
    if (cut && box.clientWidth > 1) found.push(`cut: ${text}`)
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
    for (const box of document.querySelectorAll(`#root [${name}]`)) {
      const text = box.getAttribute(name) ?? ''
      if (!text.includes('⟦') && !isData(text)) found.push(`not translated: ${name}="${text}"`)
    }
  }
  return found
}
