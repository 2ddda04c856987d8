import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { makeTemporaryFolder } from './make-temporary-folder.ts'

it('takes the usual place where there is no memory to put files in', async () => {
  const folder = await makeTemporaryFolder(path.join(tmpdir(), 'no-such-place'))
  expect(folder).toMatchObject({ inMemory: false })
  expect(path.dirname(folder.path)).toBe(tmpdir())
  await folder.remove()
})

it('leaves nothing behind', async () => {
  const folder = await makeTemporaryFolder()
  expect(existsSync(folder.path)).toBe(true)
  await folder.remove()
  expect(existsSync(folder.path)).toBe(false)
})
