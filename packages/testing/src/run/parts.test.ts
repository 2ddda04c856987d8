import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { lanesOf, NOT_RUN, PARTS } from './parts.ts'

/** Parts of the test suite that another script runs completely. */
const SELECTIONS = new Set(['test:all', 'test:attack', 'test:contract', 'test:related'])

const manifest = new URL('../../../../package.json', import.meta.url)
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(manifest, 'utf8')))

it('lists every test script of the repository as run or as not run', () => {
  const suites = Object.keys(scripts).filter(
    (name) => name.startsWith('test:') && !SELECTIONS.has(name),
  )
  const listed = [...PARTS, ...NOT_RUN].map(({ script }) => script)
  expect(listed.filter((name) => name.startsWith('test:')).toSorted()).toEqual(suites.toSorted())
  expect(listed.filter((name) => !(name in scripts))).toEqual([])
})

it.each(PARTS.filter(({ runner }) => runner === 'vitest'))(
  'runs $script where the paths of its failed files lead, so that they can be run again',
  ({ script }) => {
    expect(scripts[script]).toMatch(/^vitest run --config /)
  },
)

it('runs every part once, and what waits beside what computes', () => {
  const [computing, waiting] = lanesOf(PARTS)
  expect([...(computing ?? []), ...(waiting ?? [])].toSorted(byScript)).toEqual(
    PARTS.toSorted(byScript),
  )
  expect(waiting?.map(({ script }) => script)).toContain('test:crash')
})

function byScript(one: { script: string }, other: { script: string }): number {
  return one.script.localeCompare(other.script)
}
