import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { oncePerRun } from './once-per-run.ts'

describe('what the workers of a run share', () => {
  let shared: string
  beforeEach(async () => {
    shared = await mkdtemp(path.join(tmpdir(), 'tollgate-shared-'))
    vi.stubEnv('TEST_RUN_FOLDER', shared)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(shared, { recursive: true, force: true })
  })

  it('is made once, and those who ask meanwhile wait until it is whole', async () => {
    let made = 0
    const ask = () =>
      oncePerRun('programs', async (folder) => {
        made += 1
        await new Promise((resolve) => setTimeout(resolve, 100))
        await writeFile(path.join(folder, 'server.js'), 'whole')
      })
    const folders = await Promise.all([ask(), ask(), ask()])
    expect(made).toBe(1)
    expect(new Set(folders)).toEqual(new Set([path.join(shared, 'programs')]))
    expect(await readFile(path.join(shared, 'programs/server.js'), 'utf8')).toBe('whole')
  })

  it('is tried again by the next one who asks when making it failed', async () => {
    const failing = oncePerRun('programs', () => Promise.reject(new Error('no space')))
    await expect(failing).rejects.toThrow('no space')
    await expect(oncePerRun('programs', async () => {})).resolves.toBe(
      path.join(shared, 'programs'),
    )
  })

  it('is made as well in a script, which has no run', async () => {
    vi.stubEnv('TEST_RUN_FOLDER', '')
    const folder = await oncePerRun('programs', (made) => writeFile(path.join(made, 'a.js'), '1'))
    expect(folder.startsWith(shared)).toBe(false)
    expect(await readFile(path.join(folder, 'a.js'), 'utf8')).toBe('1')
  })
})
