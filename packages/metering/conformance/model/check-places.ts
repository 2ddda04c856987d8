import { checkShards } from '../../src/shards/check-shards.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Checks, while no bucket moves, that each bucket is on exactly one shard: the one it is routed to. */
export async function checkPlaces({ scratch }: Pick<World, 'scratch'>): Promise<void> {
  if (!scratch.shards) return
  for (const { shard, id, title, rows } of await checkShards(scratch.shards)) {
    // Rules within one shard are checked after every command.
    if (shard === null) throw new ModelViolation(id, title, rows)
  }
}
