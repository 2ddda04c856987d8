import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launchChromium, sweepViews } from '@tollgate/testing/browser'
import { programDatabases } from '@tollgate/testing/database'
import { startTogether } from '@tollgate/testing/start-together'
import { startTollgate } from '@tollgate/testing/tollgate'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOutlineProblems, readOutline } from './fixtures/outline.ts'
import { openSurfaces, type Surface } from './fixtures/surfaces.ts'

const FORCED_COLORS = { colorScheme: 'light', forcedColors: 'active' } as const
const SURFACES = ['front door', 'Studio', 'team', 'operator', 'checkout', 'console', 'dev panel']

let surfaces: readonly Surface[]
let stop: () => Promise<void>

beforeAll(async () => {
  ;({ surfaces, stop } = await startTogether(async (defer) => {
    const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tollgate-pages-'))
    defer(() => rm(dataDirectory, { recursive: true, force: true }))
    const tollgate = await startTollgate({
      dataDirectory,
      development: true,
      environment: await programDatabases(),
    })
    defer(tollgate.stop)
    const browser = await launchChromium()
    defer(() => browser.close())
    return { surfaces: await openSurfaces(tollgate, browser) }
  }))
})
afterAll(() => stop?.())

describe.each(SURFACES)('every page of the %s', (name) => {
  it('has no accessibility violation in any color scheme at 320 and 1440 px, fits them, reads in order and has a title of its own', async () => {
    const { page, routes } = surfaceOf(name)
    const problems: string[] = []
    const titles = new Map<string, string>()
    for (const route of routes) {
      const title = typeof route === 'string' ? route : route.name
      await openRoute(page, route)
      if (typeof route === 'string') titles.set(route.replace(/\?.*/, ''), await page.title())
      problems.push(...(await sweepViews(page)).map((line) => `${title}, ${line}`))
      const outline = await readOutline(page)
      problems.push(
        ...findOutlineProblems(outline).map(
          (line) => `${title}: ${line} in ${JSON.stringify(outline)}`,
        ),
      )
    }
    expect(problems).toEqual([])
    expect(new Set(titles.values()).size, [...titles.values()].join(', ')).toBe(titles.size)
  })
})

describe('forced colors', () => {
  it('show the filled part of a bar, the current page, the chosen option and the edge of a button', async () => {
    const { page } = surfaceOf('Studio')
    await openRoute(page, '/qr')
    await page.getByRole('textbox').first().fill('https://example.com')
    await page.getByRole('button', { name: /^Make QR code/ }).click()
    await page.getByText('1 call used').waitFor()
    await page.emulateMedia(FORCED_COLORS)
    await page.setViewportSize({ width: 1440, height: 900 })
    const meter = page.getByRole('meter').first()
    expect(await groundOf(meter.locator('[data-part=used]'))).not.toBe(await groundOf(meter))
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    const current = links.and(page.locator('[aria-current=page]'))
    expect(await groundOf(current)).not.toBe(await groundOf(links.first()))
    await openRoute(page, '/')
    const options = page.locator('label', { has: page.getByRole('radio') })
    expect(await groundOf(options.first())).not.toBe(await groundOf(options.last()))
    const generate = page.getByRole('button', { name: /^Generate/ })
    expect(await generate.evaluate((button) => getComputedStyle(button).borderWidth)).toBe('1px')
  })

  it('show which control has the focus', async () => {
    const { page } = surfaceOf('Studio')
    await openRoute(page, '/')
    await page.emulateMedia(FORCED_COLORS)
    const hidden: string[] = []
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.press('Tab')
      const unseen = await page.evaluate(findUnseenFocus)
      if (unseen !== null) hidden.push(unseen)
    }
    expect(hidden).toEqual([])
  })

  it('show the filled part of a bar and the current page in the console', async () => {
    const { page, routes } = surfaceOf('console')
    const customer = routes.find((route) => typeof route !== 'string')
    if (!customer) throw new Error('The console has a page of a customer.')
    await openRoute(page, customer)
    await page.emulateMedia(FORCED_COLORS)
    const meter = page.getByRole('meter').first()
    expect(await groundOf(meter.locator('span').first())).not.toBe(await groundOf(meter))
    const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link')
    expect(await groundOf(links.first())).not.toBe(await groundOf(links.last()))
  })
})

function surfaceOf(name: string): Surface {
  const surface = surfaces.find((one) => one.name === name)
  if (!surface) throw new Error(`No surface is called ${name}.`)
  return surface
}

async function openRoute(page: Page, route: Surface['routes'][number]): Promise<void> {
  await page.emulateMedia({ media: 'screen' })
  if (typeof route === 'string') await page.goto(route)
  else await route.open(page)
  await page.locator('h1').first().waitFor()
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0)
}

function groundOf(target: Locator): Promise<string> {
  return target.evaluate((element) => getComputedStyle(element).backgroundColor)
}

/** Runs in the page: the focused control, unless it or what encloses it has an outline. */
function findUnseenFocus(): string | null {
  const focused = document.activeElement
  if (!focused || focused === document.body) return null
  const isOutlined = [focused, focused.parentElement].some((element) => {
    if (!element) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
  })
  return isOutlined ? null : focused.outerHTML.slice(0, 120)
}
