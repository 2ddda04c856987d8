import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vitest/config'
import { applyMutant, type SeededMutant } from './seeded-mutant.ts'

/** The module in which metering locates its SQL, relative to its package, and the expression it uses. */
const MIGRATIONS = 'src/migrations.ts'
const OWN_DIRECTORY = "new URL('../', import.meta.url)"

/** Applies the mistake when files are loaded; files in the repository are never changed. */
export function seedMutant(root: string, mutant: SeededMutant): Plugin {
  const target = path.join(root, mutant.file)
  const isSql = target.endsWith('.sql')
  const source = () => applyMutant(mutant, readFileSync(target, 'utf8'))
  // SQL is read from a directory, so the mistake is made in a copy of it.
  const owner = path.join(target, '../..')
  const copy = isSql ? copySql(owner, path.relative(owner, target), source()) : null
  return {
    name: 'seed-mutant',
    enforce: 'pre',
    load(id) {
      if (id === target) return source()
      if (copy === null || id !== path.join(owner, MIGRATIONS)) return null
      return readFileSync(id, 'utf8').replace(OWN_DIRECTORY, `new URL('${copy}')`)
    },
  }
}

function copySql(owner: string, file: string, text: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'tollgate-mutant-sql-'))
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
  for (const part of ['schema', 'routines']) {
    cpSync(path.join(owner, part), path.join(copy, part), { recursive: true })
  }
  writeFileSync(path.join(copy, file), text)
  return `${pathToFileURL(copy).href}/`
}
