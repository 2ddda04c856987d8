import { readFile } from 'node:fs/promises'
import { emojiFile } from './emoji-file.ts'
import { graphemes } from './graphemes.ts'

/** The images of a text's emoji as data URLs, by grapheme. */
export async function loadEmoji(text: string): Promise<Record<string, string>> {
  const drawn = graphemes(text).flatMap((grapheme) => {
    const path = emojiFile(grapheme)
    return path ? [{ grapheme, path }] : []
  })
  const images = await Promise.all(
    drawn.map(async ({ grapheme, path }) => {
      const svg = await readFile(path, 'base64')
      return [grapheme, `data:image/svg+xml;base64,${svg}`] as const
    }),
  )
  return Object.fromEntries(images)
}
