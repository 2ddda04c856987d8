import type { Page } from 'playwright-core'
import { COLOR_RULES } from './color-rules.ts'
import { findViolations } from './find-violations.ts'

/** A width and a color scheme in which a page is checked. */
export type View = { width: number; scheme: keyof typeof SCHEMES }

const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colors': { colorScheme: 'light', forcedColors: 'active' },
} as const

/** All views; 320 px is 1280 px at 400 % zoom. */
export const VIEWS: readonly View[] = [1440, 320].flatMap((width) =>
  (['light', 'dark', 'forced colors'] as const).map((scheme) => ({ width, scheme })),
)

// As strings, because the programs that load this file have no `document` in their types.
const TOO_WIDE_PX = 'document.documentElement.scrollWidth - innerWidth'
/** Waits until a resize has been laid out and painted. */
const NEXT_FRAME =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

/** Checks an open page in each of these views, and returns axe's violations and what is too wide. */
export async function sweepViews(page: Page, views: readonly View[] = VIEWS): Promise<string[]> {
  const problems: string[] = []
  const widths = new Set<number>()
  for (const { width, scheme } of views) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ ...SCHEMES[scheme], reducedMotion: 'reduce' })
    await page.evaluate(NEXT_FRAME)
    const found = await findViolations(page, widths.has(width) ? COLOR_RULES : undefined)
    const over = Number(await page.evaluate(TOO_WIDE_PX))
    if (over > 0 && !widths.has(width)) found.push(`${over} px too wide`)
    problems.push(...found.map((line) => `${width} px, ${scheme}: ${line}`))
    widths.add(width)
  }
  return problems
}
