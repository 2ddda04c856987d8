import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Tarball } from './pack-packages.ts'

/** Files that exist only for tests. */
const DEVELOPMENT = /\.test\.|(?:^|\/)(?:testing|fixtures|e2e|faults|conformance|examples)\//
/** References that only work inside the workspace. */
const UNPUBLISHED = /"(?:workspace|catalog):/

/** What prevents a package from being published, one sentence each; empty when it may be published. */
export async function findProblems({ unpacked }: Tarball): Promise<string[]> {
  const files = await filesOf(unpacked)
  const manifest = await readFile(path.join(unpacked, 'package.json'), 'utf8')
  const mapped = await sourcesOfMaps(unpacked, files)
  const sources = files.filter((file) => /(?<!\.d)\.tsx?$/.test(file))
  return [
    ...files.filter((file) => DEVELOPMENT.test(file)).map((file) => `${file} is for tests alone.`),
    ...sources
      .filter((file) => !mapped.has(file))
      .map((file) => `${file} is a source that no map leads to.`),
    ...[...mapped]
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing, and a map leads to it.`),
    ...(UNPUBLISHED.test(manifest) ? ['package.json names versions of the workspace.'] : []),
    ...['README.md', 'LICENSE']
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing.`),
  ]
}

/** Every file of a folder, relative to it. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
}

async function sourcesOfMaps(folder: string, files: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const file of files.filter((name) => name.endsWith('.map'))) {
    const map: { sources: string[] } = JSON.parse(await readFile(path.join(folder, file), 'utf8'))
    for (const source of map.sources) found.add(path.join(path.dirname(file), source))
  }
  return found
}
