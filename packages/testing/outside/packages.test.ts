import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPackages } from '../src/release/build-packages.ts'
import { checkWithTools } from '../src/release/check-with-tools.ts'
import { findProblems } from '../src/release/find-problems.ts'
import { packPackages, type Tarball } from '../src/release/pack-packages.ts'
import { publishedPackages } from '../src/release/published-packages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

let folder: string
let tarballs: Tarball[]
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-outside-'))
  const packages = await publishedPackages(ROOT)
  await buildPackages(ROOT, packages)
  tarballs = await packPackages(ROOT, packages, path.join(folder, 'tarballs'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the tarballs', () => {
  it('hold modules, declarations and the sources that maps lead to, and nothing that only tests or the workspace need', async () => {
    const problems = await Promise.all(tarballs.map(findProblems))
    expect(problems.flat()).toEqual([])
  })

  it('are accepted by publint and by are-the-types-wrong', async () => {
    const problems = []
    for (const tarball of tarballs) problems.push(...(await checkWithTools(tarball)))
    expect(problems).toEqual([])
  })
})
