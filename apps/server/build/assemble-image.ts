import { cp, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// `pnpm --filter @tollgate/server run assemble <folder>`: copies what the built programs read in production, with the
// repository's paths.
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FILES = [
  'LICENSE',
  'apps/server/dist/billing.js',
  'apps/server/dist/billing.js.map',
  'apps/server/dist/main.js',
  'apps/server/dist/main.js.map',
  'apps/server/migrations',
  'apps/web/dist',
  'packages/contract/pricing.yaml',
  'packages/ledger/migrations',
  'packages/metering/package.json',
  'packages/metering/routines',
  'packages/metering/schema',
]
/** Scopes of packages that are not bundled, because they have a binary or are read as files. */
const UNBUNDLED = ['@fontsource', '@resvg', '@twemoji'].map(
  (scope) => `packages/pictures/node_modules/${scope}`,
)
/** Files that only browsers and compilers read. */
const NOT_READ = /\.(?:woff2|css|scss|d\.ts|map)$/

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Name the folder to write to.')
const target = path.resolve(folder)
await mkdir(target, { recursive: true })
for (const file of FILES) {
  await cp(path.join(ROOT, file), path.join(target, file), { recursive: true })
}
for (const scope of UNBUNDLED) await copyLinks(path.join(ROOT, scope))

/** Copies a folder's links, and the packages that they point to with all their dependencies. */
async function copyLinks(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const place = path.join(directory, entry.name)
    if (entry.isDirectory() && entry.name.startsWith('@')) await copyLinks(place)
    if (!entry.isSymbolicLink()) continue
    const copy = placeInTarget(place)
    await mkdir(path.dirname(copy), { recursive: true })
    await symlink(await readlink(place), copy)
    await copyPackage(await realpath(place))
  }
}

async function copyPackage(directory: string): Promise<void> {
  await cp(directory, placeInTarget(directory), {
    recursive: true,
    filter: (file) => !NOT_READ.test(file),
  })
  // pnpm links a package's dependencies beside the package.
  const isScoped = path.basename(path.dirname(directory)).startsWith('@')
  await copyLinks(path.resolve(directory, isScoped ? '../..' : '..'))
}

function placeInTarget(place: string): string {
  return path.join(target, path.relative(ROOT, place))
}
