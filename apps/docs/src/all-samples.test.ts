import { expect, it } from 'vitest'
import { readPages } from './read-pages.ts'

it('marks every TypeScript sample of the documentation as compiled, run or taken from a tested file', () => {
  const unmarked = readPages().flatMap(({ file, text }) =>
    fencesOf(text)
      .filter((fence) => !/^(?:ts|tsx|js) (?:check(?: run)?|from \S+)$/.test(fence))
      .map((fence) => `${file}: ${fence}`),
  )
  expect(unmarked).toEqual([])
})

/** What stands behind the opening of every block of TypeScript or JavaScript. */
function fencesOf(text: string): string[] {
  return [...text.matchAll(/^[ \t]*```((?:ts|tsx|js|typescript|javascript)\b[^\n]*)$/gm)].map(
    ([, fence = '']) => fence.trim(),
  )
}
