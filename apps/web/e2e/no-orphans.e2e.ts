import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { processesWith } from '@tollgate/testing/processes-with'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openGallery } from './fixtures/open-gallery.ts'
import { startStudio } from './fixtures/studio.ts'

/** A browser that reports its version but fails to launch. */
const BROKEN = `#!/bin/sh
[ "$1" = --version ] && echo Chromium 1.0 && exit
echo launched >>"$TMPDIR/launches"
exit 1
`

/** PostgreSQL exits shortly after its parent. */
const STOPPED_MS_MAX = 60_000

let directory: string
beforeAll(async () => {
  directory = await realpath(await mkdtemp(path.join(tmpdir(), 'tollgate-orphans-')))
  const browser = path.join(directory, 'browser')
  await writeFile(browser, BROKEN)
  await chmod(browser, 0o755)
  vi.stubEnv('CHROMIUM_PATH', browser)
  // Every started process keeps its data in this folder, which is how the test finds it.
  vi.stubEnv('TMPDIR', directory)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(directory, { recursive: true, force: true })
})

describe('when the browser does not launch', () => {
  it.each([
    ['the Studio', () => startStudio({}, { embedsDatabase: true })],
    ['the gallery', () => openGallery()],
  ])('%s stops its servers and their database', async (_, start) => {
    await rm(path.join(directory, 'launches'), { force: true })
    await expect(start()).rejects.toThrow(/launch/i)
    expect(await readFile(path.join(directory, 'launches'), 'utf8')).toBe('launched\n')
    await expect.poll(() => processesWith(directory), { timeout: STOPPED_MS_MAX }).toEqual([])
  })
})
