import { createReadStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-fs'
import { z } from 'zod'
import type { PublishedPackage } from './published-packages.ts'
import { runProgram } from './run-program.ts'

/** A package's tarball for the registry, and its unpacked content. */
export type Tarball = { name: string; version: string; file: string; unpacked: string }

/** Packs built packages into `directory`. Uses pnpm, because npm's own `pack` supports neither catalogs nor `publishConfig.exports`. */
export async function packPackages(
  root: string,
  packages: readonly PublishedPackage[],
  directory: string,
): Promise<Tarball[]> {
  await mkdir(directory, { recursive: true })
  const filters = packages.map(({ name }) => `--filter=${name}`)
  const pack = ['--recursive', ...filters, 'pack', '--pack-destination', directory]
  await runProgram('npx', ['-y', await packageManager(root), ...pack], { cwd: root })
  return Promise.all(
    packages.map(async ({ name, version }) => {
      const base = `${name.replace('@', '').replace('/', '-')}-${version}`
      const file = path.join(directory, `${base}.tgz`)
      const unpacked = path.join(directory, base)
      await pipeline(createReadStream(file), createGunzip(), extract(unpacked, { strip: 1 }))
      return { name, version, file, unpacked }
    }),
  )
}

/** "pnpm@10.34.9". */
async function packageManager(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  return z.object({ packageManager: z.string() }).parse(manifest).packageManager
}
