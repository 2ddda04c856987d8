import { fileURLToPath } from 'node:url'
import { type FaultyProcess, startProcess } from '@tollgate/testing/faults'

const APPS = fileURLToPath(new URL('../..', import.meta.url))
const STOP_MS_MAX = 40_000

/** A process of the cluster that keeps its port across restarts. */
export type Member = {
  name: string
  url: string
  /** The latest output of the last process. */
  output(): string
  kill(): Promise<void>
  /** SIGTERM: work in progress is finished. */
  stop(): Promise<void>
  /** Restarts it, optionally with another program or other settings. */
  restart(change?: Partial<Launch>): Promise<void>
}

/** How a member is started. */
export type Launch = {
  app: 'server' | 'billing'
  program: string
  readyPath: string
  environment: Record<string, string>
}

/** Starts a bundled program on a loopback port and waits until it is ready. */
export async function startMember(name: string, port: number, launch: Launch): Promise<Member> {
  let how = launch
  let running: FaultyProcess = await start(port, how)
  return {
    name,
    url: running.url,
    output: () => running.output(),
    kill: () => running.kill(),
    stop: () => running.stop(STOP_MS_MAX),
    async restart(change = {}) {
      how = { ...how, ...change, environment: { ...how.environment, ...change.environment } }
      running = await start(port, how)
    },
  }
}

function start(port: number, { app, program, readyPath, environment }: Launch) {
  return startProcess({
    cwd: `${APPS}${app}`,
    args: ['--enable-source-maps', program],
    port,
    readyPath,
    environment: () => environment,
  })
}
