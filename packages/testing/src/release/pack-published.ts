import { fileURLToPath } from 'node:url'
import { buildPackages } from './build-packages.ts'
import { packPackages, type Tarball } from './pack-packages.ts'
import { publishedPackages } from './published-packages.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** Builds and packs published packages into a folder: all of them, or those with these names. */
export async function packPublished(
  directory: string,
  names?: readonly string[],
): Promise<Tarball[]> {
  const all = await publishedPackages(ROOT)
  const packages = names ? all.filter(({ name }) => names.includes(name)) : all
  await buildPackages(ROOT, packages)
  return packPackages(ROOT, packages, directory)
}
