import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** Where the server's programs are on this machine. */
export type Binaries = { initdb: string; postgres: string }

/** Finds the programs that npm installed for this platform. */
export async function findBinaries(): Promise<Binaries> {
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      'The embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL to a server of your own.',
    )
  }
  const root = packageRoot(`@embedded-postgres/${process.platform}-${process.arch}`)
  await completeLibraries(root)
  const programs = path.join(root, 'native', 'bin')
  return { initdb: path.join(programs, 'initdb'), postgres: path.join(programs, 'postgres') }
}

// With pnpm we cannot resolve the platform package; embedded-postgres itself can.
function packageRoot(name: string): string {
  try {
    const require = createRequire(import.meta.url)
    const theirs = createRequire(require.resolve('embedded-postgres'))
    return path.resolve(path.dirname(theirs.resolve(name)), '..')
  } catch (error) {
    throw new EmbeddedPostgresError(
      'binaries_missing',
      `The package ${name} is not installed. Install with optional dependencies, or set DATABASE_URL to a server of your own.`,
      { cause: error },
    )
  }
}

// npm packages cannot contain symlinks, so an install script creates them, which may have been skipped.
async function completeLibraries(root: string): Promise<void> {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(await readFile(list, 'utf8'))
  if (!Array.isArray(links)) return
  for (const link of links) {
    if (!isLink(link)) continue
    const target = path.join(root, link.target)
    if (existsSync(target)) continue
    await symlink(path.basename(link.source), target).catch((error: unknown) => {
      // A concurrent start may have been faster.
      if (!existsSync(target)) throw error
    })
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    'target' in value &&
    typeof value.source === 'string' &&
    typeof value.target === 'string'
  )
}
