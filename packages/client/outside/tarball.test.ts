import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeaks } from '../pack/find-leaks.ts'
import { CLIENT, ROOT } from '../pack/places.ts'
import { packClient, readFiles } from './pack-client.ts'

const run = promisify(execFile)
const bin = (name: string) => join(CLIENT, 'node_modules/.bin', name)

let directory: string
let packed: Awaited<ReturnType<typeof packClient>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-tarball-'))
  packed = await packClient(directory)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('the tarball', () => {
  it('holds the entries and nothing of the sources', async () => {
    const files = [...(await readFiles(packed.unpacked)).keys()]
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
    )
    const strangers = files.filter(
      (file) => !/^(?:dist\/[\w-]+\.(?:js|d\.ts)|README\.md|LICENSE|package\.json)$/.test(file),
    )
    expect(strangers).toEqual([])
  })

  it('depends on @trpc/client alone and takes what an app has already as peers', async () => {
    const manifest: unknown = JSON.parse(
      await readFile(join(packed.unpacked, 'package.json'), 'utf8'),
    )
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false })
    expect(manifest).toHaveProperty('dependencies', { '@trpc/client': '11.19.0' })
    expect(manifest).toHaveProperty(
      'peerDependencies',
      expect.objectContaining({ '@trpc/server': '11.19.0', react: '>=19.0.0' }),
    )
  })

  it('carries nothing of the server', async () => {
    const files = await readFiles(join(packed.unpacked, 'dist'))
    expect(files.size).toBeGreaterThanOrEqual(4)
    expect(findLeaks(files)).toEqual([])
  })

  it('is accepted by publint and by are-the-types-wrong', async () => {
    const publint = await run(bin('publint'), ['--strict', packed.tarball])
    expect(publint.stdout).toContain('All good!')
    // Exits with an error when an entry does not resolve.
    await run(bin('attw'), [packed.tarball, '--profile', 'esm-only'])
  })
})

describe('the gate against leaks', () => {
  it("finds the server's context in a router's type as the compiler writes it", () => {
    const router = 'ctx: import("./context.ts").Context; meta: import("./trpc.ts").Meta;'
    expect(findLeaks(new Map([['router.d.ts', router]])).map(({ what }) => what)).toEqual(
      expect.arrayContaining(["the server's context", "a procedure's meta data"]),
    )
  })

  it('finds server code in a bundle that imports the router as a value', async () => {
    const bundle = await build({
      stdin: {
        contents: "import { appRouter } from '@tollgate/api'; console.log(appRouter)",
        resolveDir: CLIENT,
      },
      absWorkingDir: ROOT,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      external: ['@resvg/*', 'pg-native'],
      logLevel: 'silent',
    })
    const text = bundle.outputFiles.map((file) => file.text).join('\n')
    expect(findLeaks(new Map([['bundle.js', text]])).map(({ what }) => what)).toContain(
      'a validation library',
    )
  })
})
