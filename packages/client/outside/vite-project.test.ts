import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../network/guest.ts'
import { findLeaks } from '../pack/find-leaks.ts'
import { makeProject, type OutsideProject } from './make-project.ts'
import { routerWithProcedures } from './router-with-procedures.ts'

/** What a client team's own type check may cost with a large router. */
const INSTANTIATIONS_MAX = 30_000
const SECONDS_MAX = 2

let project: OutsideProject
beforeAll(async () => {
  project = await makeProject({ sources: 'vite', dependencies: { vite: '8.3.8' } })
})
afterAll(() => project.remove())

describe('an empty Vite project with the tarball', () => {
  it('type-checks right use and the last release’s, and refuses wrong input, a wrong meter and a missing case', async () => {
    // The wrong uses carry @ts-expect-error: one that compiles fails the check.
    expect(await project.run('tsc', '--project', '.')).toBe('')
  })

  it('fails the type check when a wrong use is not expected', async () => {
    const wrong = join(project.directory, 'wrong.ts')
    await writeFile(wrong, "import { useBalance } from '@tollgate/client/react'\nuseBalance('x')\n")
    await expect(project.run('tsc', '--project', '.')).rejects.toThrow(/wrong\.ts.*TS2345/)
    await rm(wrong)
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

  it('type-checks against two hundred billed procedures within the limit', async () => {
    const types = join(project.directory, 'node_modules/@tollgate/client/dist')
    await routerWithProcedures(types, 200)
    const usage = join(project.directory, 'many.ts')
    const calls = Array.from(
      { length: 200 },
      (_, number) => `await client.many.procedure${number}.mutate({ prompt: 'a fox' })`,
    )
    await writeFile(
      usage,
      [
        "import { createClient } from '@tollgate/client'",
        "const client = createClient({ url: '/' })",
        ...calls,
        '// @ts-expect-error wrong input',
        'await client.many.procedure7.mutate({ prompt: 7 })',
      ].join('\n'),
    )
    const options = [
      '--ignoreConfig',
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'esnext',
      '--target',
      'es2023',
    ]
    const report = await project.run(
      'tsc',
      ...options,
      '--moduleResolution',
      'bundler',
      '--extendedDiagnostics',
      usage,
    )
    const instantiations = Number(/Instantiations:\s+(\d+)/.exec(report)?.[1])
    const seconds = Number(/Total time:\s+([\d.]+)s/.exec(report)?.[1])
    process.stdout.write(`200 billed procedures: ${instantiations} instantiations, ${seconds} s\n`)
    expect(instantiations).toBeGreaterThan(0)
    expect(instantiations).toBeLessThanOrEqual(INSTANTIATIONS_MAX)
    expect(seconds).toBeLessThanOrEqual(SECONDS_MAX)
  })
})
