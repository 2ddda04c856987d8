import { COLOR_RULES, findViolations } from '@tollgate/testing/browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GalleryPage, openGallery } from './fixtures/open-gallery.ts'

let gallery: GalleryPage
let page: Page
let states: string[]
let open: GalleryPage['open']

beforeAll(async () => {
  gallery = await openGallery()
  ;({ page, states, open } = gallery)
})
afterAll(() => gallery?.stop())

describe('every state of the gallery', () => {
  it('has no accessibility violation in either theme', async () => {
    expect(states.length).toBeGreaterThan(20)
    const found: string[] = []
    await page.setViewportSize({ width: 1024, height: 900 })
    for (const state of states) {
      await open(state, 'en', 'light')
      found.push(...(await findViolations(page)).map((violation) => `${state}: ${violation}`))
      await page.evaluate(() => {
        document.documentElement.dataset['theme'] = 'dark'
      })
      const inDark = await findViolations(page, COLOR_RULES)
      found.push(...inDark.map((violation) => `${state}, dark: ${violation}`))
    }
    expect(found).toEqual([])
  })

  it('is complained about by the same check when something is wrong', async () => {
    await open('images-fresh')
    await page.evaluate(() => {
      const button = document.createElement('button')
      document.querySelector('main')?.append(button)
    })
    expect(await findViolations(page)).toEqual([expect.stringContaining('button-name')])
  })

  it('can be hit with a thumb: no button is lower or narrower than 44 px', async () => {
    const small: string[] = []
    await page.setViewportSize({ width: 390, height: 844 })
    for (const state of states) {
      await open(state)
      small.push(...(await page.evaluate(smallTargets)).map((name) => `${state}: ${name}`))
    }
    expect(small).toEqual([])
  })
})

/** Runs in the page: the names of buttons below the minimum touch size. */
function smallTargets(): string[] {
  const leastPx = 44
  return [...document.querySelectorAll('button, select, input:not([type=checkbox], [type=radio])')]
    .filter((target) => {
      const { width, height } = target.getBoundingClientRect()
      return width > 1 && Math.min(width, Math.ceil(height)) < leastPx
    })
    .map((target) => target.textContent || target.getAttribute('name') || target.outerHTML)
}
