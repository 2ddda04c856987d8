import { setTimeout as delay } from 'node:timers/promises'
import { clusterCalls, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunReport } from '../faults/run-report.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { startClusterLoad } from './start-cluster-load.ts'
import type { Cluster } from './start-cluster.ts'
import { untilEnded } from './until-ended.ts'

/** Each makes as many calls as the Free plan grants, so that all succeed only if none is charged twice. */
const CALLS_PER_GUEST = 100
const GUESTS = Math.ceil(clusterCalls(2000) / CALLS_PER_GUEST)
const CALLS = GUESTS * CALLS_PER_GUEST
const DEVICES = 96
/** More than two servers on a small machine take. */
const PER_SECOND = 4000
/** How long a process stays away. */
const AWAY_MS = 1000

describe('a cluster under load', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startClusterInFolder()
  })
  afterAll(() => cluster.stop())

  it(`loses none of ${CALLS} calls when each of its processes is killed in turn`, async () => {
    const report = createRunReport('cluster', seed)
    const load = await startClusterLoad(cluster, {
      report,
      random,
      guests: GUESTS,
      callsPerGuest: CALLS_PER_GUEST,
      devices: DEVICES,
      perSecond: PER_SECOND,
    })
    const [a, b] = cluster.servers
    const { billingBackend: billing, balancer } = cluster
    const kills = [
      { name: 'server a', kill: a.kill, restart: () => a.restart() },
      { name: 'billing', kill: billing.kill, restart: () => billing.restart() },
      { name: 'PostgreSQL', kill: cluster.restartDatabase, restart: async () => {} },
      { name: 'HAProxy', kill: balancer.kill, restart: balancer.restart },
      { name: 'server b', kill: b.kill, restart: () => b.restart() },
    ]
    for (const [index, { name, kill, restart }] of kills.entries()) {
      await untilEnded(load, (CALLS * (index + 1)) / (kills.length + 2))
      report.figure(`killed ${name} after`, `${load.ended()} calls`)
      await kill()
      await delay(AWAY_MS)
      await restart()
    }
    await untilEnded(load, CALLS)
    const answers = await load.finish()
    report.figure('violations', report.violations().length)
    expect(answers).toHaveLength(CALLS)
    expect(answers.filter(({ kind }) => kind !== 'success')).toEqual([])
    expect(report.violations()).toEqual([])
  })
})
