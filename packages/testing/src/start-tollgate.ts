import { fileURLToPath } from 'node:url'
import { buildPrograms } from './build-programs.ts'
import { freePort } from './free-port.ts'
import { startProcess } from './start-process.ts'

const APPS = new URL('../../../apps/', import.meta.url)

/** A complete Tollgate in a separate process: server, Studio, self-hosted billing, embedded database. */
export type RunningTollgate = {
  url: string
  billingUrl: string
  dataDirectory: string
  /** Variables with which another command finds its data. */
  environment: Record<string, string>
  /** Stops it as an operator would, and waits until it has ended. */
  stop(): Promise<void>
  /** Kills it like a power cut, and waits until it has ended. */
  kill(): Promise<void>
  /** Starts it again on the same ports and the same data. */
  restart(): Promise<void>
  /** Suspends it: its connections stay open, but nothing is answered until it is resumed. */
  freeze(): void
  thaw(): void
}

/** Starts the real server on free loopback ports with its data in `dataDirectory`, and waits until it is ready. */
export async function startTollgate(options: {
  dataDirectory: string
  environment?: Record<string, string>
  /** As with `npm run dev`: calls are recorded, and the dev panel is served. */
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
        // Tests sign in more guests from one address than a household does.
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
