import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { addRouterRow } from './add-router-row.ts'
import { GeneratorRefusal } from './generator-refusal.ts'
import type { Names } from './read-names.ts'

const API = fileURLToPath(new URL('..', import.meta.url))
const OXFMT = path.join(API, '../../node_modules/oxfmt/bin/oxfmt')

/** Writes a procedure and its test, and adds its row to the router; writes nothing when it refuses. */
export function writeProcedure(names: Names): void {
  const procedure = `src/${names.folder}/${names.file}.ts`
  const test = `src/${names.folder}/${names.file}.test.ts`
  const router = 'src/router.ts'
  const taken = [procedure, test].find((file) => existsSync(path.join(API, file)))
  if (taken) {
    throw new GeneratorRefusal(
      `${names.path} is there already: packages/api/${taken}. Choose another name, or edit that file.`,
    )
  }
  const routerText = addRouterRow(readFileSync(path.join(API, router), 'utf8'), names)
  mkdirSync(path.join(API, 'src', names.folder), { recursive: true })
  const written = {
    [procedure]: fill('procedure.ts', names),
    [test]: fill('procedure.test.ts', names),
    [router]: routerText,
  }
  for (const [file, text] of Object.entries(written)) writeFileSync(path.join(API, file), text)
  execFileSync(process.execPath, [OXFMT, ...Object.keys(written)], { cwd: API, stdio: 'ignore' })
}

function fill(template: string, { path, name, meter }: Names): string {
  return readFileSync(new URL(`templates/${template}.hbs`, import.meta.url), 'utf8')
    .replaceAll('{{path}}', path)
    .replaceAll('{{name}}', name)
    .replaceAll('{{meter}}', meter)
}
