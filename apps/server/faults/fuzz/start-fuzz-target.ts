import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDatabase } from '@tollgate/database'
import { testPostgresUrl } from '@tollgate/testing/database'
import { startProcess } from '@tollgate/testing/faults'
import { freePort } from '@tollgate/testing/free-port'
import { startTogether } from '@tollgate/testing/start-together'
import type { FuzzFigures, FuzzTarget } from './fuzz-target.ts'

const PROGRAM = ['--expose-gc', '--import', 'tsx', 'faults/fuzz/fuzz-target.ts']
const SERVER = fileURLToPath(new URL('../..', import.meta.url))

/** Enables `/metrics` for the fuzzer. */
export const METRICS_TOKEN = 'fuzz-metrics-token'

/** Starts both programs in a child process, on empty databases. */
export function startFuzzTarget() {
  return startTogether(async (defer) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-fuzz-'))
    defer(() => rm(directory, { recursive: true, force: true }))
    const name = `fuzz_${randomUUID().replaceAll('-', '')}`
    const url = (database: string) => new URL(`/${database}`, testPostgresUrl()).href
    for (const database of [name, `${name}_backend`, `${name}_billing`]) {
      await ensureDatabase({ url: testPostgresUrl(), name: database })
    }
    const [controlPort, serverPort, backendPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ]
    const running = await startProcess({
      cwd: SERVER,
      args: [...PROGRAM, String(controlPort), url(`${name}_billing`)],
      // The last port to be opened.
      port: controlPort,
      readyPath: '/',
      environment: () => ({
        PORT: String(serverPort),
        PUBLIC_URL: `http://127.0.0.1:${serverPort}`,
        BILLING_PORT: String(backendPort),
        DATA_DIR: directory,
        DATABASE_URL: url(name),
        BILLING_DATABASE_URL: url(`${name}_backend`),
        METRICS_TOKEN,
        LOG_LEVEL: 'error',
        // Every request has its own address, so that no limit per address hides the code behind it.
        TRUSTED_PROXIES: '1',
        NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '5000',
        // With a single slot, one that is not released blocks the next call.
        OPEN_OPERATIONS_PER_CUSTOMER: '1',
      }),
    })
    defer(() => running.stop())
    const target: FuzzTarget = await ask(running.url)
    return {
      ...target,
      figures: (): Promise<FuzzFigures> => ask(`${running.url}/figures`),
      /** Its log output: failures only. */
      output: running.output,
      isAlive: running.isAlive,
    }
  })
}

/** It may still be busy with earlier requests. */
const READY_MS_MAX = 30_000

async function ask(url: string) {
  const response = await fetch(url, { signal: AbortSignal.timeout(READY_MS_MAX) })
  return response.json()
}
