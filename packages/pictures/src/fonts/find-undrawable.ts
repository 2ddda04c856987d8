import { emojiFile } from './emoji-file.ts'
import { fontOf } from './font-of.ts'
import { graphemes } from './graphemes.ts'
import { plainText } from '../plain-text.ts'

/** The characters of a text that no font or emoji covers, each once; a card would drop them. */
export function findUndrawable(text: string): string[] {
  const missing = graphemes(plainText(text)).filter((grapheme) => !isDrawable(grapheme))
  return [...new Set(missing)]
}

function isDrawable(grapheme: string): boolean {
  return emojiFile(grapheme) !== null || Array.from(grapheme).every((one) => fontOf(one) !== null)
}
