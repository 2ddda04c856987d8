import type { Statement } from '@tollgate/database'
import { pointOf } from './store-view.ts'
import type { World } from './world.ts'

/** Sends a copy of a statement to a shard without its bucket: it must be refused, whatever it does. */
export async function noteMisrouted(
  world: Omit<World, 'processes'>,
  statement: Statement,
): Promise<void> {
  if (!world.scratch.shards || world.move) return
  const isRefused = await world.scratch.shards.misroute(statement)
  if (isRefused === null) return
  const point = pointOf(statement)
  world.coverage.reach(`misrouted ${point}`)
  if (isRefused) return
  world.misfits.push({
    id: 'S2',
    title: 'a database refuses a bucket that it does not own',
    details: { point, values: statement.values },
  })
}
