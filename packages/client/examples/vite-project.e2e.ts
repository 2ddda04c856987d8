import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../faults/guest.ts'
import { findLeaks } from './find-leaks.ts'
import { makeProject, type OutsideProject } from './make-project.ts'

let project: OutsideProject
beforeAll(async () => {
  project = await makeProject({ sources: 'vite', dependencies: { vite: '8.3.8' } })
})
afterAll(() => project.remove())

describe('an empty Vite project with the tarball', () => {
  it('type-checks right use, and refuses wrong input, a wrong meter and a missing case', async () => {
    // Wrong uses are marked @ts-expect-error, so one that compiles fails the check.
    expect(await project.run('tsc', '--project', '.')).toBe('')
  })

  it('fails the type check when a wrong use is not expected', async () => {
    const wrong = join(project.directory, 'wrong.ts')
    await writeFile(wrong, "import { tollgate } from './tollgate'\ntollgate.useBalance('x')\n")
    await expect(project.run('tsc', '--project', '.')).rejects.toThrow(/wrong\.ts.*TS2345/)
    await rm(wrong)
  })

  it("is given the router's type with nothing of the server in it", async () => {
    const router = await readFile(join(project.directory, 'router.d.ts'), 'utf8')
    expect(router).toContain('BilledMeta<')
    expect(findLeaks(new Map([['router.d.ts', router]]))).toEqual([])
  })

  it('builds, and its bundle carries nothing of the server', async () => {
    await project.run('vite', 'build', '--logLevel', 'error')
    const assets = join(project.directory, 'dist/assets')
    const files = new Map<string, string>()
    for (const file of await readdir(assets)) {
      files.set(file, await readFile(join(assets, file), 'utf8'))
    }
    expect([...files.values()].join('')).toContain('Idempotency-Key')
    expect(findLeaks(files)).toEqual([])
  })

  it('runs one billed call against the real server, once', async () => {
    const tollgate = await startTollgate({ dataDirectory: project.beside('data') })
    try {
      const { token } = await signInAsGuest(tollgate.url)
      await project.run(
        'vite',
        'build',
        '--ssr',
        'one-call.ts',
        '--outDir',
        'node',
        '--logLevel',
        'error',
      )
      const answer = await project.run('node', 'node/one-call.js', `${tollgate.url}/trpc`, token)
      expect(JSON.parse(answer)).toEqual({ used: 1, isSame: true })
    } finally {
      await tollgate.stop()
    }
  })
})
