import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tarball } from '../src/release/pack-packages.ts'
import { runProgram } from '../src/release/run-program.ts'
import { ownEnvironment } from '../e2e/own-environment.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PNPM = ['-y', 'pnpm@10.34.9']
const APPS = path.join(import.meta.dirname, 'apps')

/** Installs an app's dependencies outside the workspace: our tarballs, and others from the registry or the workspace's store. */
export async function makeAppProject(options: {
  directory: string
  tarballs: readonly Tarball[]
  /** Our packages that the app depends on. */
  ours: readonly string[]
  /** Other dependencies, with their versions. */
  others: Record<string, string>
  /** A folder whose files are copied beside those of the apps. */
  sources?: string
}): Promise<void> {
  const { directory, tarballs, ours, others, sources } = options
  await mkdir(directory, { recursive: true })
  for (const folder of [APPS, ...(sources ? [sources] : [])]) {
    await cp(folder, directory, { recursive: true })
  }
  const files = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]))
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(ours.map((name) => [name, files[name]])), ...others },
    // Our packages depend on versions of each other that the registry does not have yet.
    pnpm: { overrides: files },
  }
  await writeFile(path.join(directory, 'package.json'), JSON.stringify(manifest, null, 2))
  const store = (await runProgram('npx', [...PNPM, 'store', 'path'], { cwd: ROOT })).trim()
  const install = ['install', '--no-frozen-lockfile', '--prefer-offline', '--ignore-scripts']
  await runProgram('npx', [...PNPM, ...install], {
    cwd: directory,
    env: { ...ownEnvironment(), npm_config_store_dir: store },
  })
}

/** The workspace's version of a package. */
export async function catalogVersion(name: string): Promise<string> {
  const text = await readFile(path.join(ROOT, 'pnpm-workspace.yaml'), 'utf8')
  const line = text.split('\n').find((one) => one.replaceAll("'", '').startsWith(`  ${name}: `))
  const version = line?.split(': ')[1]
  if (!version) throw new Error(`The catalog has no ${name}.`)
  return version
}
