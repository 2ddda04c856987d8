import type { Database, Row, Statement } from '@tollgate/database'
import { startTwoDatabases, type TwoDatabases } from '@tollgate/metering/cluster'
import { startTogether } from '@tollgate/testing/start-together'
import { startClusterInFolder } from './cluster-in-folder.ts'
import type { Cluster } from './start-cluster.ts'

const BUCKETS = 8

/** Two servers behind HAProxy, whose holds and charges are spread over two shards. */
export type ShardedCluster = {
  cluster: Cluster
  databases: TwoDatabases
  /** Queries both shards as if they were one database. */
  both: Database
  stop(): Promise<void>
}

/** Starts the sharded cluster. */
export function startShardedCluster(): Promise<ShardedCluster> {
  return startTogether(async (defer) => {
    const databases = await startTwoDatabases({ bucketCount: BUCKETS })
    defer(() => databases.stop())
    const cluster = await startClusterInFolder({
      METERING_DATABASE_URL: await grantServers(databases),
      METERING_BUCKETS: String(BUCKETS),
    })
    defer(() => cluster.stop())
    return { cluster, databases, both: unionOf(databases) }
  })
}

/** Creates the servers' login on the proxy, which may only call functions and listen; returns the URL with it. */
async function grantServers({ proxy, proxyUrl }: TwoDatabases): Promise<string> {
  for (const text of [
    'create role servers login',
    'grant usage on schema metering to servers',
    'grant select on metering.bucket to servers',
    'grant usage on foreign server metering to servers',
  ])
    await proxy.query({ text })
  const url = new URL(proxyUrl)
  url.username = 'servers'
  return url.href
}

function unionOf({ shards: [first, second] }: TwoDatabases): Database {
  return {
    ...first.database,
    async query<Result extends Row>(statement: Statement) {
      const rows = await first.database.query<Result>(statement)
      return [...rows, ...(await second.database.query<Result>(statement))]
    },
  }
}
