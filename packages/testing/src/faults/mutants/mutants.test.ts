import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SEEDED_MUTANTS } from './mutants.ts'
import { applyMutant } from './seeded-mutant.ts'

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

it.each(SEEDED_MUTANTS)('fits the source: $name', (mutant) => {
  expect(applyMutant(mutant, read(mutant.file))).not.toBe(read(mutant.file))
})

it.each(SEEDED_MUTANTS)('names a test that exists: $name', ({ test, title }) => {
  const titles = titlesIn(read(test))
  const endings = titles.map(
    (outer) => title.startsWith(`${outer} `) && title.slice(outer.length + 1),
  )
  const wanted = [title, ...endings.filter((ending) => ending !== false)]
  expect(titles.some((found) => wanted.some((one) => isBeginningOf(one, found)))).toBe(true)
})

/** The titles of a file's suites and tests. */
function titlesIn(text: string): string[] {
  const calls = text.matchAll(
    /(?:\b(?:describe|it)(?:\.\w+)?|\](?: as const)?\)|Object\.\w+\([^)]*\)\))\(\s*(['"`])(.+?)\1,/g,
  )
  return [...calls].map(([, , title = '']) => title)
}

/** Whether the title of a test can begin with these words; a placeholder matches any. */
function isBeginningOf(words: string, title: string): boolean {
  const [fixed = ''] = title.split(/%[sdij]|\$\w+/)
  return title.startsWith(words) || (fixed !== title && words.startsWith(fixed) && fixed !== '')
}
