import type { Database } from '@tollgate/database'

/** Whether a database passes metering's routines on to shards; it has none of metering's tables and is not migrated. */
export async function isShardProxy(database: Pick<Database, 'query'>): Promise<boolean> {
  const rows = await database.query<{ found: boolean }>({
    text: `select to_regprocedure('metering.shard_of(smallint)') is not null as found`,
  })
  return rows[0]?.found === true
}
