import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startTogether } from '@tollgate/testing/start-together'
import { type Cluster, startCluster } from './start-cluster.ts'

/** The limits that tests need: all customers call from one machine, and often. */
const BUSY = {
  BILLED_CALLS_PER_MINUTE: '1000000',
  OPEN_OPERATIONS_PER_CUSTOMER: '1000000',
  NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '1000000',
}

/** Starts a cluster for a test, with its data in a folder that is removed with it. */
export function startClusterInFolder(environment: Record<string, string> = {}): Promise<Cluster> {
  return startTogether(async (defer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-cluster-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    const cluster = await startCluster({ folder, environment: { ...BUSY, ...environment } })
    const { stop } = cluster
    defer(stop)
    return cluster
  })
}
