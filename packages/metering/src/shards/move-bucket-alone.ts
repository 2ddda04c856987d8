import type { Database } from '@tollgate/database'
import { copyBucket } from './copy-bucket.ts'
import { readRoutes, type Shard } from './shard.ts'
import { untilOthersEnded } from './until-others-ended.ts'

/** The longest a statement of metering takes; longer ones are not ours. */
const STATEMENT_MS_MAX = 30_000

/** The result of a move. */
export type BucketMove = { rows: number; refusedMs: number }

/** Which bucket is moved, and where. */
export type Move = {
  proxy: Database
  shards: readonly Shard[]
  bucket: number
  to: number
  /** How long to wait for transactions that are already open. */
  withinMs?: number
}

/** Moves a bucket while no other process moves one; calls `confirmAlone` to check that again before every irreversible step. */
export async function moveBucketAlone(
  { proxy, shards, bucket, to, withinMs = STATEMENT_MS_MAX }: Move,
  confirmAlone: () => Promise<void>,
): Promise<BucketMove> {
  const target = shards[to]
  const route = (await readRoutes(proxy)).find((found) => found.bucket === bucket)
  if (!target) throw new Error(`There is no shard ${to}; they are 0 to ${shards.length - 1}.`)
  if (!route) throw new Error(`There is no bucket ${bucket}.`)
  if (route.shard === to) return { rows: 0, refusedMs: 0 }
  const sources = shards.filter((shard) => shard !== target)

  const startedAt = performance.now()
  await setRoute(proxy, bucket, null)
  // Calls in flight to the old shard must end first.
  await untilOthersEnded(proxy, withinMs).catch(async (error: unknown) => {
    // Nothing has moved yet, so the bucket's customers need not wait for another attempt.
    await setRoute(proxy, bucket, route.shard)
    throw error
  })
  for (const { database } of sources) {
    await confirmAlone()
    await database.query({
      name: 'metering.disown_bucket',
      text: 'delete from metering.bucket where bucket = $1',
      values: [bucket],
    })
    // A call whose connection to the proxy broke may still be running.
    await untilOthersEnded(database, withinMs)
  }
  const rows = await copyBucket({ sources, target, bucket, confirmAlone })
  await confirmAlone()
  await setRoute(proxy, bucket, to)
  return { rows, refusedMs: Math.round(performance.now() - startedAt) }
}

async function setRoute(proxy: Database, bucket: number, shard: number | null): Promise<void> {
  await proxy.query({
    name: 'metering.set_route',
    text: 'update metering.bucket set shard = $2 where bucket = $1',
    values: [bucket, shard],
  })
}
