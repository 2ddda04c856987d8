import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createHistory, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunReport } from '../faults/run-report.ts'
import { buildNextVersion } from './build-next-version.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { startClusterLoad } from './start-cluster-load.ts'
import type { Cluster } from './start-cluster.ts'

const GUESTS = 40
/** The Free plan's grant. */
const CALLS_PER_GUEST = 100
const DEVICES = 12
const PER_SECOND = 60

describe('two servers behind HAProxy', () => {
  const seed = faultSeed()
  let cluster: Cluster
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tollgate-versions-'))
    cluster = await startClusterInFolder()
  })
  afterAll(async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true })
  })

  it('are replaced by the next version one after the other, and by the version before again, and no call is lost', async () => {
    const report = createRunReport('upgrade', seed)
    const random = seededRandom(seed)
    const { current, next } = await buildNextVersion(folder)
    const doors = cluster.servers.map(({ url }) => url)
    const stage = { url: cluster.url, doors, ledger: cluster }
    const load = await startClusterLoad(stage, {
      report,
      random,
      history: createHistory(),
      guests: GUESTS,
      callsPerGuest: CALLS_PER_GUEST,
      devices: DEVICES,
      perSecond: PER_SECOND,
    })
    for (const [version, program] of Object.entries({ next, before: current })) {
      for (const server of cluster.servers) {
        const began = load.ended()
        await cluster.balancer.drain(server.name)
        await server.stop()
        await server.restart({ program })
        await cluster.balancer.resume(server.name)
        report.figure(
          `server ${server.name}, version ${version}`,
          `${load.ended() - began} calls meanwhile`,
        )
      }
      expect(await migrationsOfNextVersion()).toBe(1)
      // The previous version runs on the routines of the next one, and does not reinstall its own.
      expect(await routinesVersion()).toMatch(/^9999-next-version/)
    }
    const { figures, failed } = await load.finish()
    expect(figures.calls).toBeGreaterThan(0)
    expect(failed).toEqual([])
    expect(report.violations()).toEqual([])
  })

  async function routinesVersion(): Promise<string | undefined> {
    const [row] = await cluster.tollgate.query<{ version: string }>({
      text: `select version from routine_version where set_name = 'metering'`,
    })
    return row?.version
  }

  async function migrationsOfNextVersion(): Promise<number> {
    const rows = await cluster.tollgate.query({
      text: `select 1 from migration where set_name = 'metering' and file like '9999%'`,
    })
    return rows.length
  }
})
