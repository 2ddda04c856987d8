import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { renderCss } from './render-css.ts'
import { renderMark } from './render-mark.ts'
import { COLORS } from './tokens.ts'

const ROOT = new URL('../../../', import.meta.url)

it('has the tokens as a style sheet for the Studio and the documentation', async () => {
  await expect(renderCss()).toMatchFileSnapshot('../tokens.css')
})

it('has the tokens in the billing pages, whose published package depends on nothing private', async () => {
  const mark = renderMark({
    ground: 'var(--accent)',
    drawing: 'var(--on-accent)',
    attributes: 'class="mark" aria-hidden="true"',
  })
  await expect(`/** Generated from packages/brand: \`pnpm brand:gen\`. */
export const BRAND_STYLE = \`${renderCss()}\`

/** The mark, in the colors of the style sheet. */
export const BRAND_MARK = \`${mark}\`
`).toMatchFileSnapshot('../../ledger/src/http/brand.gen.ts')
})

it('has the mark as the icon of the Studio and the documentation', async () => {
  const icon = renderMark({ ground: COLORS.accent.light, drawing: COLORS.onAccent.light })
  await expect(icon).toMatchFileSnapshot('../../../apps/web/public/favicon.svg')
})

it('colors the browser around the Studio like its canvas', async () => {
  const page = await readFile(new URL('apps/web/index.html', ROOT), 'utf8')
  const colors = [...page.matchAll(/name="theme-color" content="(#\w+)"/g)].map(
    ([, color]) => color,
  )
  expect(colors).toEqual([COLORS.canvas.light, COLORS.canvas.dark])
})
