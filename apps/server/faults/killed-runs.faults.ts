import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { programDatabases } from '@tollgate/testing/database'
import { faultRuns } from '@tollgate/testing/faults'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { customerOf, type Guest } from '../fixtures/guest.ts'
import { openLimitTable } from '../fixtures/limit-table.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { type StartedRun, startRun } from '../fixtures/start-run.ts'

/** Less than the balance of a new account, so that the limit is what refuses. */
const ROOT_LIMIT = 60
const CHILD_LIMIT = 25
const CHILDREN = 6
const KILLS = 3

describe('a server that is killed in the middle of the calls of runs', () => {
  let directory: string
  let tollgate: RunningTollgate
  let limits: ReturnType<typeof openLimitTable>
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tollgate-killed-runs-'))
    const environment = await programDatabases()
    tollgate = await startTollgate({ dataDirectory: directory, environment })
    limits = openLimitTable(environment.DATABASE_URL)
  })
  afterAll(async () => {
    await limits?.close()
    await tollgate?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it('lets the tree spend its root to the last credit, and not one more', async () => {
    const owner = await enter(tollgate.url, 'sign-up/email', newCredentials())
    const customerId = await customerOf(tollgate.url, owner)
    const key = await createApiKey(tollgate.url, owner)
    const root = await startRun(tollgate.url, key, { limits: { api_calls: ROOT_LIMIT } })
    const children: StartedRun[] = []
    for (let child = 0; child < CHILDREN; child += 1) {
      children.push(await startRun(tollgate.url, root, { limits: { api_calls: CHILD_LIMIT } }))
    }
    for (let kill = 0; kill < KILLS * faultRuns(1); kill += 1) {
      const calls = Promise.all(children.map((child) => callUntil(child, 3)))
      // Another run is being started during the kill; whether or not it starts, it belongs to the tree.
      const started = startRun(tollgate.url, root, { limits: { api_calls: 5 } }).catch(() => null)
      await delay(20 + Math.random() * 150)
      await tollgate.kill()
      await Promise.all([calls, started])
      await tollgate.restart()
      expect(await spentBy(root.id)).toBeLessThanOrEqual(ROOT_LIMIT)
    }
    // The killed server's holds are released once their leases have expired.
    await expect
      .poll(
        async () => {
          for (const child of children) await callUntil(child, CHILD_LIMIT + 1)
          return spentBy(root.id)
        },
        { timeout: 240_000, interval: 2_000 },
      )
      .toBe(ROOT_LIMIT)
    const spent = await limits.spent(customerId)
    for (const { id } of children) {
      expect(spent.get(`run:${id}`) ?? 0).toBeLessThanOrEqual(CHILD_LIMIT)
    }
    expect((await key.call('runs.end', { id: root.id })).status).toBe(200)
    for (const child of children) expect(await draw(child)).toBe(401)

    async function spentBy(run: string): Promise<number> {
      return (await limits.spent(customerId)).get(`run:${run}`) ?? 0
    }
  })
})

/** Calls until it is refused or the server is gone, at most this many times. */
async function callUntil(run: Guest, most: number): Promise<void> {
  for (let calls = 0; calls < most; calls += 1) {
    if ((await draw(run)) !== 200) return
  }
}

const draw = (run: Guest) =>
  run.call('tools.qrCode', { text: 'of a run' }).then(
    ({ status }) => status,
    () => null,
  )
