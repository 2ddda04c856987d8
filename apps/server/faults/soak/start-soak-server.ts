import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FaultyProcess, startProcess } from '@tollgate/testing/faults'
import { freePort } from '@tollgate/testing/free-port'
import { buildPrograms } from '@tollgate/testing/programs'
import { startTogether } from '@tollgate/testing/start-together'

const SERVER = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the server as `npm start` does, with its billing backend and, unless `environment` names one, its own database. */
export function startSoakServer(environment: Record<string, string> = {}) {
  return startTogether(async (defer) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-soak-'))
    defer(() => rm(directory, { recursive: true, force: true }))
    const { server, args } = await buildPrograms()
    const dataDirectory = path.join(directory, 'data')
    const [port, billingPort] = [await freePort(), await freePort()]
    const launch = () =>
      startProcess({
        cwd: SERVER,
        args: [...args, server],
        port,
        readyPath: '/readyz',
        environment: () => ({
          PORT: String(port),
          PUBLIC_URL: `http://127.0.0.1:${port}`,
          BILLING_PORT: String(billingPort),
          DATA_DIR: dataDirectory,
          LOG_LEVEL: 'warn',
          ...environment,
        }),
      })
    let running: FaultyProcess = await launch()
    defer(() => running.stop())
    return {
      url: running.url,
      billingUrl: `http://127.0.0.1:${billingPort}`,
      dataDirectory,
      process: () => running,
      async startAgain() {
        running = await launch()
      },
    }
  })
}
