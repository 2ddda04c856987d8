import { publishedPackages } from './published-packages.ts'

/** The peer dependencies of the published packages; throws when two require different ranges. */
export async function peerRanges(root: string): Promise<{ name: string; range: string }[]> {
  const ranges = new Map<string, string>()
  for (const { name: asking, peers } of await publishedPackages(root)) {
    for (const [name, range] of Object.entries(peers)) {
      if (range.startsWith('workspace:')) continue
      const other = ranges.get(name) ?? range
      if (other !== range) throw new Error(`${asking} asks for ${name} ${range}, not ${other}.`)
      ranges.set(name, range)
    }
  }
  return [...ranges].map(([name, range]) => ({ name, range })).toSorted(byName)
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name)
}
