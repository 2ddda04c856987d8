import { clusterCalls, createHistory, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunReport } from '../faults/run-report.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { killsOf } from './kills.ts'
import { runStorm } from './run-storm.ts'
import type { Cluster } from './start-cluster.ts'
import { stormTimeoutMs } from './storm-timeout-ms.ts'

const CALLS = clusterCalls(2000)

describe('a cluster under a storm of calls', () => {
  const seed = faultSeed()
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startClusterInFolder()
  })
  afterAll(() => cluster.stop())

  it(
    `loses none of ${CALLS} calls when each of its processes is killed in turn`,
    async () => {
      const report = createRunReport('cluster', seed)
      const { url, servers } = cluster
      const stage = { url, doors: servers.map((server) => server.url), ledger: cluster }
      const random = seededRandom(seed)
      const kills = killsOf(cluster)
      const history = createHistory()
      const { figures, failed } = await runStorm(stage, {
        calls: CALLS,
        kills,
        random,
        history,
        report,
      })
      expect(figures.calls).toBeGreaterThanOrEqual(CALLS)
      expect(failed).toEqual([])
      expect(report.violations()).toEqual([])
    },
    stormTimeoutMs(CALLS),
  )
})
