import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const NOT_SOURCE = new Set([
  'node_modules',
  'dist',
  '.git',
  '.turbo',
  '.data',
  '.expo',
  'cache',
  // Created and removed by tests that run at the same time.
  '.readme',
  '.readme-embedded',
  '.vitepress',
  'test-results',
])

/** A copy of a part of the repository that tests may change. */
export type ScratchWorkspace = {
  directory: string
  remove(): Promise<void>
}

/** Copies some packages and the root's files to a temporary directory. Dependencies and all other packages are links to the repository. */
export async function makeScratchWorkspace(packages: readonly string[]): Promise<ScratchWorkspace> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-scratch-'))
  for (const entry of await readdir(ROOT, { withFileTypes: true })) {
    if (entry.isFile()) await cp(path.join(ROOT, entry.name), path.join(directory, entry.name))
  }
  // The linter's configuration refers to our rules by path.
  await copySource('packages/testing/src/lint', directory)
  await symlink(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'))
  for (const name of packages) {
    await copySource(name, directory)
    await linkModules(name, directory, packages)
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}

async function copySource(name: string, directory: string): Promise<void> {
  await cp(path.join(ROOT, name), path.join(directory, name), {
    recursive: true,
    filter: (source) => !NOT_SOURCE.has(path.basename(source)),
  })
}

// Copied packages link to each other; everything else links to the repository.
async function linkModules(name: string, directory: string, copied: readonly string[]) {
  const from = path.join(ROOT, name, 'node_modules')
  const to = path.join(directory, name, 'node_modules')
  await mkdir(path.join(to, '@tollgate'), { recursive: true })
  for (const module of await readdir(from)) {
    if (module !== '@tollgate') await symlink(path.join(from, module), path.join(to, module))
  }
  // A package without internal dependencies has no such folder.
  for (const module of await readdir(path.join(from, '@tollgate')).catch(() => [])) {
    const own = await realpath(path.join(from, '@tollgate', module))
    const source = path.relative(ROOT, own)
    const target = copied.includes(source) ? path.join(directory, source) : own
    await symlink(target, path.join(to, '@tollgate', module))
  }
}
