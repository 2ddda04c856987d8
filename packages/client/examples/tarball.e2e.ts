import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packPublished } from '@tollgate/testing/release'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeaks } from './find-leaks.ts'

const CLIENT = join(import.meta.dirname, '..')

let directory: string
let unpacked: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-tarball-'))
  const tarballs = await packPublished(directory, ['@tollgate/contract', '@tollgate/client'])
  unpacked = tarballs.find(({ name }) => name === '@tollgate/client')?.unpacked ?? ''
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('the tarball', () => {
  it('depends on the vocabulary alone and takes what an app has already as peers', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'))
    expect(manifest).toHaveProperty('dependencies', { '@tollgate/contract': '^0.1.0' })
    const peers = { '@trpc/client': '>=11.10.0 <12', '@trpc/server': '>=11.10.0 <12' }
    expect(manifest).toHaveProperty('peerDependencies', expect.objectContaining(peers))
  })

  it('carries nothing of the server', async () => {
    const dist = join(unpacked, 'dist')
    const names = (await readdir(dist, { recursive: true })).filter((name) =>
      /\.(?:js|d\.ts)$/.test(name),
    )
    const files = new Map<string, string>()
    for (const name of names) files.set(name, await readFile(join(dist, name), 'utf8'))
    expect(names).toContain('react.js')
    expect(findLeaks(files)).toEqual([])
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
      absWorkingDir: CLIENT,
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
