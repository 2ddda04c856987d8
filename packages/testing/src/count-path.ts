import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

// Counts the files and lines of metering that one charge runs through: everything that is imported, except types, from the billed call to
// its statements and from the relay to the backend, and the routines that these use, directly or indirectly.

const ENTRIES = [
  'run.ts',
  'operation/heartbeat.ts',
  'store/batched-statements.ts',
  'relay/create-relay.ts',
]

const IMPORT = /^(?:import|export)\s+([^'";]*?)\s+from\s+'(\.[^']+)'/gm
const ROUTINE =
  /metering\.(\w+)\s*\(|call(?:Routine|ForCustomer|PerBucket)(?:<[^(]*>)?\(\s*database,\s*'(\w+)'/g

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: 'packages/metering' } },
})
const root = path.resolve(values.root)
const files = new Map<string, string>()
const routines = new Map<string, string>()

for (const entry of positionals.length > 0 ? positionals : ENTRIES) follow(path.join('src', entry))
const known = readRoutines()
for (const text of files.values()) followRoutines(text)
report('TypeScript', files)
report('SQL', routines)

function follow(file: string): void {
  if (files.has(file)) return
  const text = readFileSync(path.join(root, file), 'utf8')
  files.set(file, text)
  for (const [, names = '', from = ''] of text.matchAll(IMPORT)) {
    if (isOfTypes(names)) continue
    follow(path.join(path.dirname(file), from))
  }
}

function isOfTypes(names: string): boolean {
  if (names.startsWith('type ')) return true
  const named = /^\{(?<list>[^}]*)\}$/.exec(names.trim())?.groups?.['list']
  return named?.split(',').every((name) => /^\s*(type\s|$)/.test(name)) ?? false
}

function followRoutines(text: string): void {
  for (const [, inText = '', asName = ''] of text.matchAll(ROUTINE)) {
    const name = inText || asName
    const sql = known.get(name)
    if (sql === undefined || routines.has(name)) continue
    routines.set(name, sql)
    followRoutines(sql)
  }
}

function readRoutines(): Map<string, string> {
  const folder = path.join(root, 'routines')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return new Map(
    names.map((name) => [
      name.replace(/\.sql$/, ''),
      readFileSync(path.join(folder, name), 'utf8'),
    ]),
  )
}

function report(what: string, counted: ReadonlyMap<string, string>): void {
  let sum = 0
  for (const [name, text] of [...counted].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const lines = text.split('\n').length - 1
    sum += lines
    process.stdout.write(`${String(lines).padStart(5)} ${name}\n`)
  }
  process.stdout.write(`${what}: ${counted.size} files, ${sum} lines\n\n`)
}
