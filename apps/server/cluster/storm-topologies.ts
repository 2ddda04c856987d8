import { checkShards } from '@tollgate/metering/postgres'
import { startTogether } from '@tollgate/testing/start-together'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { type Kill, killsOf, killsOfShards } from './kills.ts'
import type { ClusterStage } from './start-cluster-load.ts'
import { startShardedCluster } from './start-sharded-cluster.ts'

/** One way to run the programs, with every process that can be killed. */
type StormTopology = {
  stage: ClusterStage
  kills: readonly Kill[]
  /** Checks beyond the ledger, such as that each bucket is in one place. */
  checkPlaces(): Promise<readonly unknown[]>
  stop(): Promise<void>
}

/** Starts each topology, by name. */
export const STORM_TOPOLOGIES: Record<string, () => Promise<StormTopology>> = {
  'one server, one database': startOneServer,
  'two servers behind HAProxy, one database': startTwoServers,
  'two servers behind HAProxy, two shards behind PL/Proxy': startTwoShards,
}

const NOTHING = async () => []

/** Webhooks still pass through HAProxy; nothing else does. */
function startOneServer(): Promise<StormTopology> {
  return startTogether(async (defer) => {
    const cluster = await startClusterInFolder()
    defer(() => cluster.stop())
    const [a, b] = cluster.servers
    await b.stop()
    const kills = killsOf(cluster).filter(({ name }) => !['server b', 'HAProxy'].includes(name))
    return { stage: { url: a.url, doors: [a.url], ledger: cluster }, kills, checkPlaces: NOTHING }
  })
}

function startTwoServers(): Promise<StormTopology> {
  return startTogether(async (defer) => {
    const cluster = await startClusterInFolder()
    defer(() => cluster.stop())
    const doors = cluster.servers.map(({ url }) => url)
    const stage = { url: cluster.url, doors, ledger: cluster }
    return { stage, kills: killsOf(cluster), checkPlaces: NOTHING }
  })
}

function startTwoShards(): Promise<StormTopology> {
  return startTogether(async (defer) => {
    const { cluster, databases, both, stop } = await startShardedCluster()
    defer(stop)
    const { url, servers, billing, recentOutput } = cluster
    const doors = servers.map((server) => server.url)
    return {
      stage: { url, doors, ledger: { tollgate: both, billing, recentOutput } },
      kills: [...killsOf(cluster), ...killsOfShards(databases)],
      checkPlaces: () => checkShards(databases),
    }
  })
}
