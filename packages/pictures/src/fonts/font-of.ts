import { readFileSync } from 'node:fs'
import {
  EAST_ASIAN_FONTS,
  type EastAsianFont,
  type FontFile,
  LETTER_FONTS,
  rangeFile,
  rangesPath,
} from './font-files.ts'
import { readCharacters } from './read-characters.ts'

/** The font file that has a character; East Asian fonts are tried in order of preference. Null when no font has it. */
export function fontOf(
  character: string,
  preferred: readonly EastAsianFont[] = EAST_ASIAN_FONTS,
): FontFile | null {
  const code = character.codePointAt(0) ?? 0
  const letters = LETTER_FONTS.find((font) => charactersOf(font).has(code))
  if (letters) return letters
  for (const font of preferred) {
    const file = rangesOf(font).get(code)
    if (file && charactersOf(file).has(code)) return file
  }
  return null
}

const known = new Map<string, ReadonlySet<number>>()

function charactersOf({ path }: FontFile): ReadonlySet<number> {
  const characters = known.get(path) ?? readCharacters(path)
  known.set(path, characters)
  return characters
}

const ranges = new Map<EastAsianFont, ReadonlyMap<number, FontFile>>()

function rangesOf(font: EastAsianFont): ReadonlyMap<number, FontFile> {
  const files = ranges.get(font) ?? readRanges(font)
  ranges.set(font, files)
  return files
}

/** Only the numbered ranges: the letter fonts cover the named ones. */
function readRanges(font: EastAsianFont): ReadonlyMap<number, FontFile> {
  const listed: unknown = JSON.parse(readFileSync(rangesPath(font), 'utf8'))
  const files = new Map<number, FontFile>()
  for (const [name, list] of Object.entries(listed ?? {})) {
    const range = /^\[(\d+)\]$/u.exec(name)?.[1]
    if (range === undefined) continue
    const file = rangeFile(font, range)
    for (const [, start = '', end = start] of String(list).matchAll(SPANS)) {
      for (let code = Number.parseInt(start, 16); code <= Number.parseInt(end, 16); code += 1) {
        files.set(code, file)
      }
    }
  }
  return files
}

const SPANS = /U\+([\da-f]+)(?:-([\da-f]+))?/giu
