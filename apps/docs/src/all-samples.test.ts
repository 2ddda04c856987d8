import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type Page, readPages, readReadmes } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

it('marks every TypeScript sample of the documentation as compiled, run or taken from a tested file', () => {
  expect(readPages().flatMap(unmarked)).toEqual([])
})

it('does so in the READMEs of the packages, or has a test of them beside the source', () => {
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

/** What stands behind the opening of every block of TypeScript or JavaScript. */
function fencesOf(text: string): string[] {
  return [...text.matchAll(/^[ \t]*```((?:ts|tsx|js|typescript|javascript)\b[^\n]*)$/gm)].map(
    ([, fence = '']) => fence.trim(),
  )
}
