import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CLIENT, ROOT } from '../pack/places.ts'

const run = promisify(execFile)

/** Makes the tarball as a release would and unpacks it beside; says where both are. */
export async function packClient(
  directory: string,
): Promise<{ tarball: string; unpacked: string }> {
  await mkdir(directory, { recursive: true })
  const root: unknown = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const pnpm = packageManagerOf(root)
  await run('npx', ['-y', pnpm, 'pack', '--pack-destination', directory], { cwd: CLIENT })
  const name = (await readdir(directory)).find((file) => file.endsWith('.tgz'))
  if (!name) throw new Error('pnpm pack made no tarball.')
  const tarball = join(directory, name)
  await run('tar', ['-xzf', tarball, '-C', directory])
  return { tarball, unpacked: join(directory, 'package') }
}

/** Every file of a folder by its path in it. */
export async function readFiles(directory: string): Promise<Map<string, string>> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true })
  const entries = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const path = join(file.parentPath, file.name)
      return [path.slice(directory.length + 1), await readFile(path, 'utf8')] as const
    })
  return new Map(await Promise.all(entries))
}

/** "pnpm@10.34.9": npm's own `pack` knows neither catalogs nor `publishConfig.exports`. */
function packageManagerOf(manifest: unknown): string {
  const pinned =
    typeof manifest === 'object' && manifest !== null && 'packageManager' in manifest
      ? manifest.packageManager
      : null
  if (typeof pinned !== 'string') {
    throw new Error('package.json at the root names no packageManager.')
  }
  return pinned
}
