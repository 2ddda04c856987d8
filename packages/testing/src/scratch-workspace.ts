import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const NOT_SOURCE = new Set(['node_modules', 'dist', '.git', '.turbo', '.data', '.expo', 'cache'])

/** A copy of a part of the repository that a test may write to. */
export type ScratchWorkspace = {
  directory: string
  remove(): Promise<void>
}

/**
 * Copies some packages and the root's files to a temporary directory. Dependencies, and the packages that are not copied, are
 * those of the repository.
 */
export async function makeScratchWorkspace(packages: readonly string[]): Promise<ScratchWorkspace> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-scratch-'))
  for (const entry of await readdir(ROOT, { withFileTypes: true })) {
    if (entry.isFile()) await cp(path.join(ROOT, entry.name), path.join(directory, entry.name))
  }
  // The linter's configuration names our rules by path.
  await copySource('packages/testing/src/lint', directory)
  for (const name of packages) await copySource(name, directory)
  for (const name of ['', ...packages]) {
    const modules = path.join(name, 'node_modules')
    await symlink(path.join(ROOT, modules), path.join(directory, modules))
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}

async function copySource(name: string, directory: string): Promise<void> {
  await cp(path.join(ROOT, name), path.join(directory, name), {
    recursive: true,
    filter: (source) => !NOT_SOURCE.has(path.basename(source)),
  })
}
