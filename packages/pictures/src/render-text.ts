import satori from 'satori'
import type { Canvas, Typography } from './card.ts'
import { loadEmoji } from './fonts/load-emoji.ts'
import { loadFonts } from './fonts/load-fonts.ts'

/** The text of a card. */
type CardText = { title: string; subtitle: string }

/** Typesets the text of a card as large as its box allows, as an SVG of outlines that needs no fonts. */
export async function renderText(
  type: Typography,
  canvas: Canvas,
  text: CardText,
): Promise<string> {
  const all = `${text.title} ${text.subtitle}`
  const options = {
    ...canvas,
    fonts: await loadFonts(all),
    graphemeImages: await loadEmoji(all),
  }
  for (let size = largestSize(type, text.title); ; size = Math.floor(size * SHRINK)) {
    let height = 0
    const page = layOut(type, canvas, { ...text, size })
    const svg = await satori(page, {
      ...options,
      onNodeDetected: (node) => {
        if (node.key === TEXT_BLOCK) height = node.height
      },
    })
    // Text is never cut off: what the API accepts fits at the smallest size.
    if (height <= type.height || size <= SMALLEST) return svg
  }
}

const TEXT_BLOCK = 'text'
const SHRINK = 0.93
/** At this size, the longest text in the widest letters still fits the smallest box. */
const SMALLEST = 13

/** The largest size at which no word of the title breaks, but at least `UNBROKEN_MIN` of the style's largest size. */
function largestSize(type: Typography, title: string): number {
  const unbroken = Math.max(type.largest * UNBROKEN_MIN, type.width / longestWord(title))
  // Assumes square letters and adds 30 %; starting near the result saves most of the steps down.
  const filled = Math.sqrt((type.width * type.height) / Math.max(1, widthOf(title))) * 1.3
  return Math.max(SMALLEST, Math.floor(Math.min(type.largest, unbroken, filled)))
}

const UNBROKEN_MIN = 0.45

/** An upper bound for the width of the longest word, in font sizes. */
function longestWord(text: string): number {
  return Math.max(1, ...text.split(BREAKS).map(widthOf))
}

/** Where a line may break: at spaces and hyphens, and before ideographs and kana. */
const BREAKS = /[\s-]+|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u

function widthOf(word: string): number {
  return Array.from(word).reduce((sum, letter) => sum + (WIDE.test(letter) ? 1.02 : 0.68), 0)
}

const WIDE = /[\p{Lu}mw%@\u1100-\u{10ffff}]/u

/** Korean breaks at spaces; a word longer than a line breaks anywhere. */
function wordBreakOf(text: string, fits: boolean): string {
  if (!fits) return 'break-word'
  return /\p{Script=Hangul}/u.test(text) ? 'keep-all' : 'normal'
}

function layOut(
  type: Typography,
  canvas: Canvas,
  { title, subtitle, size }: CardText & { size: number },
): Box {
  const small = Math.max(Math.min(size, SUBTITLE_MIN), Math.round(size * SUBTITLE_SIZE))
  const heading = box(
    {
      display: 'block',
      textWrap: 'balance',
      fontFamily: type.family,
      fontWeight: type.family === 'Inter' ? 700 : 600,
      fontSize: size,
      lineHeight: size > type.largest * 0.5 ? 1.08 : 1.2,
      letterSpacing: EAST_ASIAN.test(title) ? 0 : size * -0.02,
      color: type.ink,
      wordBreak: wordBreakOf(title, longestWord(title) * size <= type.width),
    },
    title,
  )
  const rule = box({
    width: size * 0.9,
    height: Math.max(3, size * 0.06),
    borderRadius: size,
    backgroundColor: type.accent,
  })
  const lead = box(
    {
      display: 'block',
      textWrap: 'balance',
      fontFamily: 'Inter',
      fontWeight: 500,
      fontSize: small,
      lineHeight: 1.35,
      color: type.quietInk,
      wordBreak: wordBreakOf(subtitle, longestWord(subtitle) * small <= type.width),
    },
    subtitle,
  )
  const block = box(
    { display: 'flex', flexDirection: 'column', gap: Math.round(size * 0.32), width: type.width },
    subtitle === '' ? [heading] : [heading, rule, lead],
    TEXT_BLOCK,
  )
  const place = box(
    {
      display: 'flex',
      flexDirection: 'column',
      justifyContent: type.align === 'bottom' ? 'flex-end' : 'flex-start',
      position: 'absolute',
      left: type.left,
      top: type.top,
      width: type.width,
      height: type.height,
    },
    [block],
  )
  return box({ display: 'flex', ...canvas }, [place])
}

/** Scripts whose letters fill squares, so their spacing is not tightened. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const SUBTITLE_SIZE = 0.36
const SUBTITLE_MIN = 28

/** An element in satori's format, so that React is not needed. */
type Box = {
  type: 'div'
  key: string | null
  props: { style: Record<string, string | number>; children?: string | Box[] }
}

function box(
  style: Record<string, string | number>,
  children?: string | Box[],
  key: string | null = null,
): Box {
  return { type: 'div', key, props: children === undefined ? { style } : { style, children } }
}
