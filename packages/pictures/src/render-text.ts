import satori from 'satori'
import { loadFonts } from './load-fonts.ts'
import { CANVAS, type Typography } from './picture-style.ts'

/** Sets a picture's words, as an SVG of outlines that needs no fonts any more. */
export async function renderText(
  type: Typography,
  words: { title: string; caption: string },
): Promise<string> {
  const size = letterSize(type, words.title)
  const title = box(
    {
      display: 'block',
      textWrap: 'balance',
      lineClamp: linesThatFit(type, size),
      fontFamily: type.family,
      fontWeight: type.family === 'Inter' ? 700 : 600,
      fontSize: size,
      lineHeight: LINE_HEIGHT,
      letterSpacing: size * -0.02,
      color: type.ink,
      wordBreak: 'break-word',
    },
    words.title,
  )
  const caption = box(
    {
      fontFamily: 'Inter',
      fontWeight: 500,
      fontSize: 20,
      letterSpacing: 0.4,
      color: type.quietInk,
    },
    words.caption,
  )
  const page = box(
    {
      display: 'flex',
      flexDirection: 'column',
      justifyContent: type.align === 'bottom' ? 'flex-end' : 'space-between',
      gap: 28,
      position: 'absolute',
      left: type.left,
      top: type.top,
      width: type.width,
      height: type.height,
    },
    [title, caption],
  )
  const canvas = box({ display: 'flex', ...CANVAS }, [page])
  return satori(canvas, { ...CANVAS, fonts: await loadFonts() })
}

const LINE_HEIGHT = 1.1
/** The caption and the space above it. */
const CAPTION_HEIGHT = 56
/** The smallest letters that are read with pleasure on a card of this size. */
const SMALLEST = 26

/** The largest letters with which the title still fits its box. */
function letterSize(type: Typography, title: string): number {
  const room = type.width * (type.height - CAPTION_HEIGHT)
  // A letter is about 0.55 of its height wide; a fifth of the room is lost at line ends.
  const fitting = Math.sqrt((room * 0.8) / (title.length * 0.55 * LINE_HEIGHT))
  const longestWord = Math.max(...title.split(/\s+/u).map((word) => word.length))
  const unbroken = type.width / (longestWord * 0.6)
  return Math.round(Math.max(SMALLEST, Math.min(type.largest, fitting, unbroken)))
}

function linesThatFit(type: Typography, size: number): number {
  return Math.max(1, Math.floor((type.height - CAPTION_HEIGHT) / (size * LINE_HEIGHT)))
}

/** An element as satori reads it; nothing here needs React. */
type Box = {
  type: 'div'
  key: null
  props: { style: Record<string, string | number>; children: string | Box[] }
}

function box(style: Record<string, string | number>, children: string | Box[]): Box {
  return { type: 'div', key: null, props: { style, children } }
}
