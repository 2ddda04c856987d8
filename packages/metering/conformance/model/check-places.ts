import { checkShards } from '../../src/shards/check-shards.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Checks over all shards, when no bucket moves, that each is in one place, where it is looked for. */
export async function checkPlaces({ scratch }: Pick<World, 'scratch'>): Promise<void> {
  if (!scratch.shards) return
  for (const { shard, id, title, rows } of await checkShards(scratch.shards)) {
    // What is on one shard is checked after every command.
    if (shard === null) throw new ModelViolation(id, title, rows)
  }
}
