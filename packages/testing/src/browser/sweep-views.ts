import type { Page } from 'playwright-core'
import { COLOR_RULES } from './color-rules.ts'
import { findViolations } from './find-violations.ts'

/** A width and a color scheme in which a page is looked at. */
export type View = { width: number; scheme: keyof typeof SCHEMES }

const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colors': { colorScheme: 'light', forcedColors: 'active' },
} as const

/** All views; the narrow ones are 1280 px at 400 %. */
export const VIEWS: readonly View[] = [1440, 320].flatMap((width) =>
  (['light', 'dark', 'forced colors'] as const).map((scheme) => ({ width, scheme })),
)

// As text, because the programs that load this file know no `document`.
const TOO_WIDE_PX = 'document.documentElement.scrollWidth - innerWidth'
/** Waits until a change of the window has been laid out and painted. */
const NEXT_FRAME =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

/** Looks at an open page in each of these views, and says what axe finds wrong and what is too wide. */
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
