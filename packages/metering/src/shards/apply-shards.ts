import { checkDurability, type Database, hotPathSettings, migrate } from '@tollgate/database'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'
import { installProxy } from './install-proxy.ts'
import { isShardProxy } from './is-shard-proxy.ts'
import { readRoutes, type Shard } from './shard.ts'

/**
 * Migrates every shard and then the proxy database in front of them; run it before the first server of a new version starts. The first
 * run spreads `bucketCount` buckets evenly over the shards; after that only `moveBucket` moves buckets, so a new shard starts without
 * any.
 */
export async function applyShards(options: {
  proxy: Database
  shards: readonly Shard[]
  bucketCount: number
}): Promise<void> {
  const { proxy, shards, bucketCount } = options
  for (const { database } of shards) {
    await checkDurability(database)
    await migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })
    await keepHotPathSettings(database)
  }
  const isNew = !(await isShardProxy(proxy))
  await installProxy(proxy, shards)
  const routes = await readRoutes(proxy)
  if (isNew || routes.length === 0) return spread(options)
  if (routes.length !== bucketCount) {
    throw new Error(
      `The installation has ${routes.length} buckets, not ${bucketCount}; their number is never changed.`,
    )
  }
}

/** The proxy's connections have no settings of their own. */
async function keepHotPathSettings(database: Database): Promise<void> {
  for (const [name, value] of Object.entries({ ...hotPathSettings, jit: 'off' })) {
    await database.query({
      text: `do $$ begin execute format('alter role %I in database %I set ${name} = ${value}', current_user, current_database()); end $$`,
    })
  }
}

async function spread({
  proxy,
  shards,
  bucketCount,
}: Parameters<typeof applyShards>[0]): Promise<void> {
  for (const [position, { database }] of shards.entries()) {
    await refuseUsed(database)
    const own = Array.from({ length: bucketCount }, (_, bucket) => bucket).filter(
      (bucket) => bucket % shards.length === position,
    )
    await database.transaction(async (transaction) => {
      await transaction.query({
        text: 'delete from metering.bucket where bucket <> all ($1::smallint[])',
        values: [own],
      })
      await transaction.query({
        text: `insert into metering.bucket (bucket) select b from unnest($1::smallint[]) b on conflict do nothing`,
        values: [own],
      })
    })
  }
  await proxy.query({
    text: `insert into metering.bucket (bucket, shard) select b, b % $2 from generate_series(0, $1 - 1) b`,
    values: [bucketCount, shards.length],
  })
}

/** Refuses a database that was used on its own: all of its customers are in bucket 0, which is now one of many. */
async function refuseUsed(database: Database): Promise<void> {
  const [row] = await database.query({ text: 'select 1 from metering.customer limit 1' })
  if (!row) return
  const owned = await readOwnedBuckets(database)
  throw new Error(
    `A shard has customers already, in ${owned.length} bucket(s). Begin with empty databases, or move its buckets.`,
  )
}
