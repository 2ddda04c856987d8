import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readPages } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FILES = [
  'README.md',
  '.github/AGENTS.md',
  '.github/CHANGELOG.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
]

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(path.join(ROOT, file), 'utf8')

  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\((\.[^)#]+)/g)].map(([, target = '']) => target)
    const missing = targets.filter(
      (target) => !existsSync(path.join(ROOT, path.dirname(file), target)),
    )
    expect(targets.length).toBeGreaterThan(0)
    expect(missing).toEqual([])
  })
})

describe('the README', () => {
  it('leads to the SQL of a charge in three clicks', () => {
    const run = 'packages/metering/src/run.ts'
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(`](./${run})`)
    const statement = 'routines/apply_batch.sql'
    expect(readFileSync(path.join(ROOT, run), 'utf8')).toContain(statement)
    const sql = readFileSync(path.join(ROOT, 'packages/metering', statement), 'utf8')
    expect(sql).toContain('insert into metering.operation')
    expect(sql).toContain('insert into metering.outbox')
  })
})

const EVERYWHERE = [
  ...FILES.map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') })),
  ...readPages(),
]

describe('every page', () => {
  it('names scripts that exist', () => {
    const { scripts } = readScripts()
    const missing = EVERYWHERE.flatMap(({ file, text }) =>
      commandsIn(text)
        .filter(({ name }) => !(name in scripts) && !OWN_BINARIES.has(name))
        .map(({ name }) => `${file}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('does not call a script by a name that pnpm answers to itself', () => {
    const shadowed = EVERYWHERE.flatMap(({ file, text }) =>
      commandsIn(text)
        .filter(({ runner, name }) => runner === 'pnpm' && PNPM_OWN.has(name))
        .map(({ name }) => `${file}: pnpm ${name}`),
    )
    expect(shadowed).toEqual([])
  })

  it('names commands in most places, so that these tests see something', () => {
    expect(EVERYWHERE.flatMap(({ text }) => commandsIn(text)).length).toBeGreaterThan(20)
  })
})

const OWN_BINARIES = new Set(['changeset', 'start', 'install'])
/** Built-in pnpm commands that take precedence over a script of the same name. */
const PNPM_OWN = new Set(
  'audit bin config create deploy doctor env init licenses link list outdated pack patch prune publish rebuild root setup store'.split(
    ' ',
  ),
)

// Matches inline code, and the start of a line in a code block.
function commandsIn(text: string): { runner: string; name: string }[] {
  return [
    ...text.matchAll(/(?:`|^)(?:npx -y )?(npm run|pnpm)(?:@[\d.]+)? (?:run )?([a-z][a-z:-]*)/gm),
  ].map(([, runner = '', name = '']) => ({ runner, name }))
}

function readScripts(): { scripts: Record<string, string> } {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
}
