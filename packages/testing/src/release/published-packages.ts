import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
})

/** A package of the workspace that is published. */
export type PublishedPackage = {
  name: string
  version: string
  directory: string
  /** Its peer dependencies: ranges by name. */
  peers: Readonly<Record<string, string>>
}

/** The published packages, each after those it depends on. */
export async function publishedPackages(root: string): Promise<PublishedPackage[]> {
  const folder = path.join(root, 'packages')
  const entries = await readdir(folder, { withFileTypes: true })
  const all = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => readManifest(path.join(folder, entry.name))),
  )
  const published = all.filter((manifest) => !manifest.private)
  const byName = new Map(published.map((manifest) => [manifest.name, manifest]))
  const ordered = new Set<Manifest>()
  const add = (manifest: Manifest): void => {
    for (const name of manifest.needs) {
      const needed = byName.get(name)
      if (needed && !ordered.has(needed)) add(needed)
    }
    ordered.add(manifest)
  }
  for (const manifest of published) add(manifest)
  return [...ordered].map(({ name, version, directory, peers }) => ({
    name,
    version,
    directory,
    peers,
  }))
}

type Manifest = Awaited<ReturnType<typeof readManifest>>

async function readManifest(directory: string) {
  const text = await readFile(path.join(directory, 'package.json'), 'utf8')
  const {
    dependencies,
    peerDependencies: peers,
    ...manifest
  } = manifestSchema.parse(JSON.parse(text))
  return { ...manifest, directory, peers, needs: Object.keys({ ...dependencies, ...peers }) }
}
