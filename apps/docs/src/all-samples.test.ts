import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type Page, readPages, readReadmes } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

it('every TypeScript sample in the documentation is compiled, run or taken from a tested file', () => {
  expect(readPages().flatMap(unmarked)).toEqual([])
})

it('every TypeScript sample in a package README is compiled, run, taken from a tested file or has its own test', () => {
  expect(readReadmes().filter(isUntested).flatMap(unmarked)).toEqual([])
})

function isUntested({ file }: Page): boolean {
  const source = path.join(ROOT, path.dirname(file), 'src')
  return !(
    existsSync(source) && readdirSync(source).some((name) => name.endsWith('readme.test.ts'))
  )
}

function unmarked({ file, text }: Page): string[] {
  return fencesOf(text)
    .filter((fence) => !/^(?:ts|tsx|js) (?:check(?: run)?|from \S+)$/.test(fence))
    .map((fence) => `${file}: ${fence}`)
}

/** The info string of every TypeScript or JavaScript block. */
function fencesOf(text: string): string[] {
  return [...text.matchAll(/^[ \t]*```((?:ts|tsx|js|typescript|javascript)\b[^\n]*)$/gm)].map(
    ([, fence = '']) => fence.trim(),
  )
}
