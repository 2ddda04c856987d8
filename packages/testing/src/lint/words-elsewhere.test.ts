import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { git, namesIn } from '../check/git.ts'
import { findWords } from './find-words.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

it('finds no word that hides a term of the field in SQL and pages, which the linter does not read', async () => {
  const known = namesIn(await git(ROOT, 'ls-files', '-z'))
  const files = known.filter((file) => /\.(?:sql|md)$/.test(file))
  const found = files.flatMap((file) =>
    findWords(file, readFileSync(path.join(ROOT, file), 'utf8')).map(
      ({ message }) => `${file}: ${message}`,
    ),
  )
  expect(files.length).toBeGreaterThan(100)
  expect(found).toEqual([])
})
