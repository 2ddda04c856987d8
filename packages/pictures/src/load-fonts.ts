import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Font } from 'satori'

const require = createRequire(import.meta.url)

/** The fonts of all pictures; a letter the wanted one lacks comes from the first below that has it. */
const FONT_FILES = [
  ['Inter', 700, require.resolve('@fontsource/inter/files/inter-latin-700-normal.woff')],
  ['Inter', 500, require.resolve('@fontsource/inter/files/inter-latin-500-normal.woff')],
  ['Fraunces', 600, require.resolve('@fontsource/fraunces/files/fraunces-latin-600-normal.woff')],
  [
    'Fraunces+',
    600,
    require.resolve('@fontsource/fraunces/files/fraunces-latin-ext-600-normal.woff'),
  ],
  ['Inter+', 700, require.resolve('@fontsource/inter/files/inter-latin-ext-700-normal.woff')],
  ['Cyrillic', 700, require.resolve('@fontsource/inter/files/inter-cyrillic-700-normal.woff')],
  ['Greek', 700, require.resolve('@fontsource/inter/files/inter-greek-700-normal.woff')],
  ['Vietnamese', 700, require.resolve('@fontsource/inter/files/inter-vietnamese-700-normal.woff')],
] as const

let loading: Promise<Font[]> | undefined

/** Reads the fonts when the first picture is drawn. */
export function loadFonts(): Promise<Font[]> {
  loading ??= Promise.all(
    FONT_FILES.map(async ([name, weight, file]) => ({
      name,
      weight,
      style: 'normal' as const,
      data: await readFile(file),
    })),
  )
  return loading
}
