import type { TwoDatabases } from '@tollgate/metering/cluster'
import { killPostmaster } from '@tollgate/testing/faults'
import type { Cluster } from './start-cluster.ts'

/** A process to kill, and how it is restarted. */
export type Kill = { name: string; kill(): Promise<void>; restart(): Promise<void> }

/** Every process of a cluster, to be killed in turn. */
export function killsOf(cluster: Cluster): Kill[] {
  const { billingBackend: billing, balancer } = cluster
  const [a, b] = cluster.servers
  return [
    { name: 'server a', kill: a.kill, restart: () => a.restart() },
    { name: 'billing', kill: billing.kill, restart: () => billing.restart() },
    { name: 'PostgreSQL', kill: cluster.restartDatabase, restart: async () => {} },
    { name: 'HAProxy', kill: balancer.kill, restart: balancer.restart },
    { name: 'server b', kill: b.kill, restart: () => b.restart() },
  ]
}

/** The databases of the shards and the proxy in front of them; a shard's supervisor restarts it. */
export function killsOfShards({ directories, killProxy, restartProxy }: TwoDatabases): Kill[] {
  return [
    { name: 'PL/Proxy', kill: killProxy, restart: restartProxy },
    ...directories.map((directory, shard) => ({
      name: `shard ${shard}`,
      kill: () => killPostmaster(directory),
      restart: async () => {},
    })),
  ]
}
