import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** A font file for text; a character that the requested family lacks is drawn with the first file that has it. */
export type FontFile = { name: string; weight: 400 | 500 | 600 | 700; path: string }

/** The fonts for Latin, Greek and Cyrillic text. */
export const LETTER_FONTS: readonly FontFile[] = [
  letters('Inter', 700, 'inter/files/inter-latin-700-normal'),
  letters('Inter', 500, 'inter/files/inter-latin-500-normal'),
  letters('Fraunces', 600, 'fraunces/files/fraunces-latin-600-normal'),
  letters('Fraunces+', 600, 'fraunces/files/fraunces-latin-ext-600-normal'),
  letters('Inter+', 700, 'inter/files/inter-latin-ext-700-normal'),
  letters('Cyrillic', 700, 'inter/files/inter-cyrillic-700-normal'),
  letters('Greek', 700, 'inter/files/inter-greek-700-normal'),
  letters('Vietnamese', 700, 'inter/files/inter-vietnamese-700-normal'),
]

function letters(name: string, weight: FontFile['weight'], file: string): FontFile {
  return { name, weight, path: require.resolve(`@fontsource/${file}.woff`) }
}

/** The fonts for East Asian text, each split into about a hundred files by character range. */
export const EAST_ASIAN_FONTS = ['rocknroll-one', 'zcool-kuaile', 'black-han-sans'] as const

export type EastAsianFont = (typeof EAST_ASIAN_FONTS)[number]

/** The list of an East Asian font's character ranges, by file name. */
export function rangesPath(font: EastAsianFont): string {
  return require.resolve(`@fontsource/${font}/unicode.json`)
}

/** The file of one range of an East Asian font. */
export function rangeFile(font: EastAsianFont, range: string): FontFile {
  const path = require.resolve(`@fontsource/${font}/files/${font}-${range}-400-normal.woff`)
  return { name: `${font} ${range}`, weight: 400, path }
}
