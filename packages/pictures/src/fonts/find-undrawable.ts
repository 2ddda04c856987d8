import { emojiFile } from './emoji-file.ts'
import { fontOf } from './font-of.ts'
import { graphemes } from './graphemes.ts'
import { plainText } from '../plain-text.ts'

/** The characters of a text that no font and no emoji draws, each once; a card with one of them would lose it. */
export function findUndrawable(text: string): string[] {
  const missing = graphemes(plainText(text)).filter((grapheme) => !isDrawable(grapheme))
  return [...new Set(missing)]
}

function isDrawable(grapheme: string): boolean {
  return emojiFile(grapheme) !== null || Array.from(grapheme).every((one) => fontOf(one) !== null)
}
