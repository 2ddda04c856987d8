import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FILES = ['README.md', '.github/CONTRIBUTING.md', '.github/AGENTS.md']

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

  it('names scripts that exist', () => {
    const { scripts } = readScripts()
    const named = [...text.matchAll(/`(?:npm run|pnpm) ([a-z:]+)[^`]*`/g)].map(
      ([, name = '']) => name,
    )
    expect(named.filter((name) => !(name in scripts) && !OWN_BINARIES.has(name))).toEqual([])
  })
})

const OWN_BINARIES = new Set(['changeset'])

function readScripts(): { scripts: Record<string, string> } {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
}
