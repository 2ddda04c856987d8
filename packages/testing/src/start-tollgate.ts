import { fileURLToPath } from 'node:url'
import { buildPrograms } from './build-programs.ts'
import { freePort } from './free-port.ts'
import { startProcess } from './start-process.ts'

const APPS = new URL('../../../apps/', import.meta.url)

/** A whole Tollgate running as a process of its own: server, Studio, self-hosted billing, embedded database. */
export type RunningTollgate = {
  url: string
  billingUrl: string
  dataDirectory: string
  /** With these variables, a command beside it finds its data. */
  environment: Record<string, string>
  /** Stops it as an operator would, and waits until it is gone. */
  stop(): Promise<void>
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same ports and the same data. */
  restart(): Promise<void>
  /** Leaves its connections open and answers on none of them, until it is thawed. */
  freeze(): void
  thaw(): void
}

/** Starts the real server on free loopback ports with its data in `dataDirectory`, and waits until it is ready. */
export async function startTollgate(options: {
  dataDirectory: string
  environment?: Record<string, string>
  /** As `npm run dev` runs it: calls are watched, and the dev panel answers. */
  development?: boolean
}): Promise<RunningTollgate> {
  const program = options.development
    ? { cwd: folderOf('devtools'), args: ['--import', 'tsx', 'src/dev-server.ts'] }
    : await bundledServer()
  const port = await freePort()
  const billingPort = await freePort()
  const start = () =>
    startProcess({
      ...program,
      port,
      readyPath: '/readyz',
      environment: () => ({
        NODE_ENV: options.development ? 'development' : 'test',
        PORT: String(port),
        BILLING_PORT: String(billingPort),
        DATA_DIR: options.dataDirectory,
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        // A test signs in more guests from one address than a household.
        NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '5000',
        ...options.environment,
      }),
    })
  let running = await start()
  return {
    url: running.url,
    billingUrl: `http://127.0.0.1:${billingPort}`,
    dataDirectory: options.dataDirectory,
    environment: { DATA_DIR: options.dataDirectory, ...options.environment },
    stop: () => running.stop(),
    kill: () => running.kill(),
    restart: async () => {
      running = await start()
    },
    freeze: () => running.freeze(),
    thaw: () => running.thaw(),
  }
}

async function bundledServer(): Promise<{ cwd: string; args: string[] }> {
  const { server, args } = await buildPrograms()
  return { cwd: folderOf('server'), args: [...args, server] }
}

function folderOf(app: string): string {
  return fileURLToPath(new URL(app, APPS))
}
