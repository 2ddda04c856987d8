import { readFile } from 'node:fs/promises'
import type { Font } from 'satori'
import { EAST_ASIAN_FONTS, type EastAsianFont, type FontFile, LETTER_FONTS } from './font-files.ts'
import { fontOf } from './font-of.ts'

/** The fonts for a text: always the letter fonts, and the East Asian files that the text needs. */
export function loadFonts(text: string): Promise<Font[]> {
  const preferred = preferenceOf(text)
  const files = new Set(LETTER_FONTS)
  for (const character of text) {
    const file = fontOf(character, preferred)
    if (file) files.add(file)
  }
  // The renderer caches parsed fonts by the identity of the list, so equal lists must be the same object.
  const name = Array.from(files, (file) => file.path).join()
  const loading = lists.get(name) ?? load([...files])
  if (!lists.has(name) && lists.size >= LISTS_MAX) lists.delete(lists.keys().next().value ?? '')
  lists.set(name, loading)
  return loading
}

/** Bounded because the parsed fonts of a list take about a megabyte. */
const LISTS_MAX = 24
const lists = new Map<string, Promise<Font[]>>()

function load(files: readonly FontFile[]): Promise<Font[]> {
  return Promise.all(
    files.map(async ({ name, weight, path }) => ({
      name,
      weight,
      style: 'normal' as const,
      data: await readFile(path),
    })),
  )
}

/** Text with kana is Japanese; otherwise the font that has more of the ideographs is preferred, on a tie the Chinese one. */
function preferenceOf(text: string): readonly EastAsianFont[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return EAST_ASIAN_FONTS
  const ideographs = text.match(/\p{Script=Han}/gu) ?? []
  const covers = (font: EastAsianFont) =>
    ideographs.filter((one) => fontOf(one, [font]) !== null).length
  const chinese: readonly EastAsianFont[] = ['zcool-kuaile', 'rocknroll-one', 'black-han-sans']
  return covers('rocknroll-one') > covers('zcool-kuaile') ? EAST_ASIAN_FONTS : chinese
}
