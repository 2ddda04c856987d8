import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const versions = z.record(z.string(), z.string()).default({})
const specifiers = z
  .record(z.string(), z.object({ version: z.string() }))
  .default({})
  .transform((record) =>
    Object.fromEntries(Object.entries(record).map(([name, { version }]) => [name, version])),
  )
const lockfileSchema = z.object({
  importers: z.record(
    z.string(),
    z.object({ dependencies: specifiers, optionalDependencies: specifiers }),
  ),
  packages: z.record(
    z.string(),
    z.object({ resolution: z.record(z.string(), z.string()), peerDependencies: versions }),
  ),
  snapshots: z.record(
    z.string(),
    z.object({ dependencies: versions, optionalDependencies: versions }),
  ),
})

/** One version of a package from a registry. */
export type LockedPackage = {
  name: string
  version: string
  /** The lockfile's entry for it; for a package from a registry only its hash. */
  resolution: Readonly<Record<string, string>>
}

/** The lockfile: every package, and what depends on what. */
export type Lockfile = {
  packages: readonly LockedPackage[]
  /** The paths of the workspaces, such as `apps/server`. */
  workspaces: readonly string[]
  /** The production dependencies of a workspace or a package, by the keys of this function; workspaces by their paths. */
  dependenciesOf(key: string): string[]
  /** The package behind a key; undefined for a workspace. */
  packageOf(key: string): LockedPackage | undefined
}

/** Reads the lockfile of the repository at `root`. */
export function readLockfile(root: string): Lockfile {
  const text = readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8')
  const { importers, packages, snapshots } = lockfileSchema.parse(parse(text))
  const byId = new Map(
    Object.entries(packages).map(([id, { resolution }]) => [id, { ...splitId(id), resolution }]),
  )
  const keyOf = (workspace: string, name: string, version: string): string => {
    if (version.startsWith('link:')) {
      return path.posix.join(workspace, version.slice('link:'.length))
    }
    const key = `${name}@${version}`
    // An alias is locked as the package that it stands for.
    return key in snapshots ? key : version
  }
  return {
    packages: [...byId.values()],
    workspaces: Object.keys(importers).filter((place) => place !== '.'),
    dependenciesOf(key) {
      const { dependencies = {}, optionalDependencies = {} } =
        importers[key] ?? snapshots[key] ?? {}
      // A peer is a dependency of another package, or just happened to be installed: a compiler, a test runner.
      const peers = packages[withoutPeers(key)]?.peerDependencies ?? {}
      return Object.entries({ ...dependencies, ...optionalDependencies })
        .filter(([name]) => !(name in peers))
        .map(([name, version]) => keyOf(key, name, version))
    },
    packageOf: (key) => byId.get(withoutPeers(key)),
  }
}

/** A key also contains the peers and the patch of a package. */
function withoutPeers(key: string): string {
  return key.split('(')[0] ?? key
}

function splitId(id: string): { name: string; version: string } {
  const at = id.lastIndexOf('@')
  return { name: id.slice(0, at), version: id.slice(at + 1) }
}
