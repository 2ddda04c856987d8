import { describe, expect, it } from 'vitest'
import { CANVASES, CARD_SIZES, CARD_STYLES } from './card.ts'
import { drawAurora } from './draw-aurora.ts'
import { drawNight } from './draw-night.ts'
import { drawPaper } from './draw-paper.ts'
import { findUndrawable } from './fonts/find-undrawable.ts'
import { fontOf } from './fonts/font-of.ts'
import { renderText } from './render-text.ts'
import { seededRandom } from './seeded-random.ts'

const SCENES = { aurora: drawAurora, paper: drawPaper, night: drawNight }

/** The outlines of a card's text and their positions. */
async function render(title: string, { style = 'paper', size = 'square', subtitle = '' } = {}) {
  const canvas = CANVASES[CARD_SIZES.find((one) => one === size) ?? 'square']
  const scene = SCENES[CARD_STYLES.find((one) => one === style) ?? 'paper']
  const { type } = scene(seededRandom('test'), canvas)
  const svg = await renderText(type, canvas, { title, subtitle })
  const outlines = [...svg.matchAll(/ d="([^"]+)"/gu)].map(([, path = '']) => path)
  return { type, svg, outlines }
}

describe('the text of a card', () => {
  it.each([
    ['Latin', 'Über Fragen, dřív a później'],
    ['Greek', 'Ο νέος φάρος'],
    ['Cyrillic', 'Ночной маяк'],
    ['Vietnamese', 'Ngọn hải đăng mới'],
    ['Japanese', '日本の海と灯台、カード。'],
    ['simplified Chinese', '我们的新灯塔周五开放，计费准确'],
    ['traditional Chinese', '燈塔與海'],
    ['Korean', '새로운 등대가 금요일에 문을 엽니다'],
  ])('in %s has a glyph in a font for every character', async (_script, text) => {
    expect(findUndrawable(text)).toEqual([])
    // U+0378 is unassigned and drawn as a font's empty box.
    const [{ outlines: space }, { outlines: box }] = [await render(' '), await render('\u0378')]
    for (const character of new Set(text.replaceAll(/\s/gu, ''))) {
      const { outlines } = await render(character)
      expect(fontOf(character), character).not.toBeNull()
      expect(outlines, character).not.toEqual(box)
      expect(outlines, character).not.toEqual(space)
    }
  })

  it.each(['🚀', '❤️', '❤', '👩‍👩‍👧', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '👍🏽'])(
    'draws the emoji %s as one image',
    async (emoji) => {
      expect(findUndrawable(`Ship it ${emoji}!`)).toEqual([])
      const { svg } = await render(`Ship it ${emoji}!`)
      expect(svg.match(/data:image\/svg\+xml/gu)).toHaveLength(1)
    },
  )

  it.each([
    ['مرحبا بكم', ['م', 'ر', 'ح', 'ب', 'ا', 'ك']],
    ['שלום', ['ש', 'ל', 'ו', 'ם']],
    ['Hello สวัสดี', ['ส', 'วั', 'ดี']],
    ['नमस्ते', ['न', 'म', 'स्ते']],
    ['Private \ue000', ['\ue000']],
  ])('has no font for %j, and names the characters', (text, characters) => {
    expect(findUndrawable(text)).toEqual(characters)
  })

  it.each(CARD_STYLES.flatMap((style) => CARD_SIZES.map((size) => [style, size] as const)))(
    'fits the longest text of the widest letters in %s, %s',
    async (style, size) => {
      for (const letter of ['W', '海']) {
        const title = letter.repeat(500).slice(0, 500).trim()
        const subtitle = letter.repeat(200).slice(0, 200).trim()
        const { type, svg } = await render(title, { style, size, subtitle })
        const tops = [...svg.matchAll(/<image[^>]* y="([\d.-]+)"/gu)].map(([, y]) => Number(y))
        for (const [, y = ''] of svg.matchAll(/ d="M[\d.-]+[ ,]?([\d.-]+)/gu)) tops.push(Number(y))
        expect(Math.min(...tops)).toBeGreaterThanOrEqual(type.top - 2)
        expect(Math.max(...tops)).toBeLessThanOrEqual(type.top + type.height + 2)
      }
    },
  )
})
