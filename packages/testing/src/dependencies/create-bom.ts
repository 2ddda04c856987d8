import type { LockedPackage, Lockfile } from './read-lockfile.ts'

/** A bill of materials in CycloneDX's JSON format. */
export type Bom = {
  bomFormat: 'CycloneDX'
  specVersion: '1.6'
  version: 1
  metadata: { component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

type Component = {
  type: 'application' | 'library'
  'bom-ref': string
  group?: string
  name: string
  version: string
  purl: string
  hashes?: { alg: 'SHA-512'; content: string }[]
  licenses?: { expression: string }[]
}

type Named = { name: string; version: string }

/** The bill of the production dependencies of the workspaces at `roots`. It depends only on the lockfile: no date, no random id. */
export function createBom(options: {
  product: Named
  roots: readonly string[]
  lockfile: Lockfile
  /** The name and version of a workspace. */
  workspaceOf: (place: string) => Named
  /** An SPDX expression; undefined for a package of another platform, which is not installed here. */
  licenseOf: (name: string, version: string) => string | undefined
}): Bom {
  const { product, roots, lockfile, workspaceOf, licenseOf } = options
  const namedOf = (key: string): Named | LockedPackage =>
    lockfile.packageOf(key) ?? workspaceOf(key)
  const components = new Map<string, Component>()
  const edges = new Map<string, Set<string>>()
  for (const key of reachableFrom(roots, lockfile)) {
    const one = namedOf(key)
    const ref = purlOf(one)
    components.set(ref, componentOf(one, licenseOf(one.name, one.version)))
    const needed = edges.get(ref) ?? new Set()
    for (const dependency of lockfile.dependenciesOf(key)) needed.add(purlOf(namedOf(dependency)))
    edges.set(ref, needed)
  }
  const own = purlOf(product)
  edges.set(own, new Set(roots.map((root) => purlOf(workspaceOf(root)))))
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        ...componentOf(product, licenseOf(product.name, product.version)),
        type: 'application',
      },
    },
    components: sorted(components).map(([, component]) => component),
    dependencies: sorted(edges).map(([ref, needed]) => ({
      ref,
      dependsOn: [...needed].toSorted(),
    })),
  }
}

function reachableFrom(roots: readonly string[], lockfile: Lockfile): Set<string> {
  const reached = new Set(roots)
  // A set iterates over what is added during the iteration.
  for (const key of reached) for (const next of lockfile.dependenciesOf(key)) reached.add(next)
  return reached
}

function componentOf(one: Named | LockedPackage, license: string | undefined): Component {
  const purl = purlOf(one)
  const [group, name = one.name] = one.name.startsWith('@') ? one.name.split('/') : [undefined]
  const integrity = 'resolution' in one ? one.resolution['integrity'] : undefined
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name,
    version: one.version,
    purl,
    ...(integrity === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: hexOf(integrity) }] }),
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
  }
}

/** A package URL; the `@` of a scope is escaped in it. */
function purlOf({ name, version }: Named): string {
  return `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`
}

function hexOf(integrity: string): string {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')
}

function sorted<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].toSorted(([one], [other]) => (one < other ? -1 : 1))
}
