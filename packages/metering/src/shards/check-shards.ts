import type { Database, Row } from '@tollgate/database'
import { readOwnedBuckets } from '../store/metering-database.ts'
import { checkInvariants } from '../verify/check-invariants.ts'
import { readRoutes, type Shard } from './shard.ts'

/** An invariant that does not hold, and the position of its shard; null when it concerns all of them. */
export type BrokenShardInvariant = { shard: number | null; id: string; title: string; rows: Row[] }

/** Checks every invariant on every shard, and that each bucket is on exactly one shard, the one that the proxy routes it to. */
export async function checkShards(options: {
  proxy: Database
  shards: readonly Shard[]
}): Promise<BrokenShardInvariant[]> {
  const broken: BrokenShardInvariant[] = []
  const owners = new Map<number, number[]>()
  for (const [shard, { database }] of options.shards.entries()) {
    for (const { invariant, rows } of await checkInvariants(database))
      broken.push({ shard, id: invariant.id, title: invariant.title, rows })
    for (const bucket of await readOwnedBuckets(database))
      owners.set(bucket, [...(owners.get(bucket) ?? []), shard])
  }
  const routes = await readRoutes(options.proxy)
  const misplaced = routes
    .map(({ bucket, shard }) => ({ bucket, shard, owners: owners.get(bucket) ?? [] }))
    .filter((found) => found.owners.length !== 1 || found.owners[0] !== found.shard)
  const unrouted = [...owners.keys()].filter(
    (bucket) => !routes.some((route) => route.bucket === bucket),
  )
  const rows = [
    ...misplaced,
    ...unrouted.map((bucket) => ({ bucket, shard: null, owners: owners.get(bucket) })),
  ]
  if (rows.length === 0) return broken
  const title = 'every bucket is owned by one shard, where the proxy looks for it'
  return [...broken, { shard: null, id: 'S1', title, rows }]
}
