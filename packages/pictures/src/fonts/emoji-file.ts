import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fontOf } from './font-of.ts'

const DIRECTORY = dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'))

/** The image file of an emoji; null for anything else, and for an emoji without one. */
export function emojiFile(grapheme: string): string | null {
  if (!EMOJI.test(grapheme) && !isPictureOnly(grapheme)) return null
  const path = join(DIRECTORY, `${nameOf(grapheme)}.svg`)
  return existsSync(path) ? path : null
}

/** An emoji by itself, or by a following selector, joiner, skin tone or keycap. */
const EMOJI =
  /\p{Emoji_Presentation}|\p{Emoji}(?:\u200d|\ufe0f)|\p{Emoji_Modifier}|[\d#*]\ufe0f?\u20e3|\p{Regional_Indicator}{2}/u

/** A pictograph with text presentation by default that none of our fonts has. */
function isPictureOnly(grapheme: string): boolean {
  return /\p{Extended_Pictographic}/u.test(grapheme) && fontOf(grapheme) === null
}

/** Twemoji names its files by code points, without the variation selector unless there is a joiner. */
function nameOf(grapheme: string): string {
  const written = grapheme.includes('\u200d') ? grapheme : grapheme.replaceAll('\ufe0f', '')
  return Array.from(written, (character) => character.codePointAt(0)?.toString(16)).join('-')
}
