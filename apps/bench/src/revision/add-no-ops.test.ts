import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { REPOSITORY } from '../repository.ts'
import { addNoOps } from './add-no-ops.ts'

let copy: string
beforeEach(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'tollgate-no-ops-'))
})
afterEach(() => rm(copy, { recursive: true, force: true }))

it('finds every place of this product that it has to change', async () => {
  for (const place of ['packages/api/src', 'packages/contract/pricing.yaml', 'apps/server/src']) {
    await cp(path.join(REPOSITORY, place), path.join(copy, place), { recursive: true })
  }
  expect(await addNoOps(copy)).toBeNull()
  const router = await readFile(path.join(copy, 'packages/api/src/router.ts'), 'utf8')
  expect(router).toContain('router({\n  noOps,\n')
})

it('names the file that is not as expected', async () => {
  expect(await addNoOps(copy)).toBe('packages/api/src/router.ts is not as expected')
})
