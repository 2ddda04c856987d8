import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findProblems } from './find-problems.ts'

let unpacked: string
beforeEach(async () => {
  unpacked = await mkdtemp(path.join(tmpdir(), 'tollgate-tarball-'))
})
afterEach(() => rm(unpacked, { recursive: true }))

it('names what only tests need, sources without a map, maps without a source, and versions of the workspace', async () => {
  await write('package.json', '{ "dependencies": { "@tollgate/contract": "workspace:^" } }')
  await write('README.md')
  await write('dist/index.js.map', '{ "sources": ["../src/index.ts"] }')
  await write('src/fixtures/thing.sql')
  await write('src/unused.ts')
  expect((await problems()).toSorted()).toEqual([
    'LICENSE is missing.',
    'package.json names versions of the workspace.',
    'src/fixtures/thing.sql is for tests alone.',
    'src/index.ts is missing, and a map leads to it.',
    'src/unused.ts is a source that no map leads to.',
  ])
})

it('has nothing against a package that may leave', async () => {
  await write('package.json', '{ "dependencies": { "@tollgate/contract": "^0.1.0" } }')
  for (const file of ['README.md', 'LICENSE', 'dist/index.d.ts', 'src/index.ts']) await write(file)
  await write('dist/index.d.ts.map', '{ "sources": ["../src/index.ts"] }')
  expect(await problems()).toEqual([])
})

function problems(): Promise<string[]> {
  return findProblems({ name: '@tollgate/thing', version: '1.0.0', file: '', unpacked })
}

async function write(file: string, text = ''): Promise<void> {
  const place = path.join(unpacked, file)
  await mkdir(path.dirname(place), { recursive: true })
  await writeFile(place, text)
}
