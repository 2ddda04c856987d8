import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readPages } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const page = readPages().find(({ file }) => file === 'glossary.md')?.text ?? ''
const terms = [...page.matchAll(/^\| \*\*(.+?)\*\*.*\| (`.+`) +\|$/gm)].map(
  ([, term, code = '']) => ({
    term,
    identifiers: [...code.matchAll(/`([^`]+)`/g)].map(([, identifier = '']) => identifier),
  }),
)

describe('the glossary', () => {
  it('gives the identifier of every term', () => {
    expect(terms.length).toBeGreaterThan(30)
    expect(terms).toHaveLength([...page.matchAll(/^\| \*\*/gm)].length)
  })

  it('names only identifiers that the source has', () => {
    const source = readSource()
    const missing = terms.flatMap(({ term, identifiers }) =>
      identifiers.filter((name) => !source.includes(name)).map((name) => `${term}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})

/** All tracked source files as one text, except tests, which may still use a name that the code has dropped. */
function readSource(): string {
  return ['packages', 'apps']
    .flatMap((group) =>
      readdirSync(path.join(ROOT, group)).map((name) => path.join(ROOT, group, name)),
    )
    .flatMap((folder) =>
      ['src', 'routines', 'schema', 'migrations'].map((name) => path.join(folder, name)),
    )
    .flatMap(filesIn)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx|sql)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => path.join(folder, file))
}
