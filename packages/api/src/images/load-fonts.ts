import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Font } from 'satori'

/** The fonts of all pictures; a letter the wanted one lacks comes from the first below that has it. */
const FONT_FILES = [
  { name: 'Inter', weight: 700, file: 'inter/files/inter-latin-700-normal.woff' },
  { name: 'Inter', weight: 500, file: 'inter/files/inter-latin-500-normal.woff' },
  { name: 'Fraunces', weight: 600, file: 'fraunces/files/fraunces-latin-600-normal.woff' },
  { name: 'Fraunces+', weight: 600, file: 'fraunces/files/fraunces-latin-ext-600-normal.woff' },
  { name: 'Inter+', weight: 700, file: 'inter/files/inter-latin-ext-700-normal.woff' },
  { name: 'Cyrillic', weight: 700, file: 'inter/files/inter-cyrillic-700-normal.woff' },
  { name: 'Greek', weight: 700, file: 'inter/files/inter-greek-700-normal.woff' },
  { name: 'Vietnamese', weight: 700, file: 'inter/files/inter-vietnamese-700-normal.woff' },
] as const

const require = createRequire(import.meta.url)
let loading: Promise<Font[]> | undefined

/** The fonts of all pictures, read when the first is drawn. */
export function loadFonts(): Promise<Font[]> {
  loading ??= Promise.all(
    FONT_FILES.map(async ({ name, weight, file }) => ({
      name,
      weight,
      style: 'normal' as const,
      data: await readFile(require.resolve(`@fontsource/${file}`)),
    })),
  )
  return loading
}
