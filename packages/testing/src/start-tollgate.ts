import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { END_WITH_PARENT } from './end-with-parent.ts'
import { freePort } from './free-port.ts'

const APPS = new URL('../../../apps/', import.meta.url)
/** A cold start makes a database first; on a loaded machine of two cores that takes its time. */
const READY_MS_MAX = 90_000
const POLL_MS = 100
/** Enough to explain a start that failed, and no more to keep. */
const OUTPUT_CHARACTERS_MAX = 20_000

/** A whole Tollgate running as a process of its own: server, Studio, self-hosted billing, embedded database. */
export type RunningTollgate = {
  url: string
  billingUrl: string
  dataDirectory: string
  /** What it printed so far. */
  output(): string
  /** Ends it as an operator would, and waits until it is gone. */
  stop(): Promise<void>
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same ports and the same data. */
  restart(): Promise<void>
}

/** Starts the real server on free loopback ports with its data in `dataDirectory`, and waits until it is ready. */
export async function startTollgate(options: {
  dataDirectory: string
  environment?: Record<string, string>
  /** As `npm run dev` runs it: calls are watched, and the dev panel answers. */
  development?: boolean
}): Promise<RunningTollgate> {
  const port = await freePort()
  const billingPort = await freePort()
  const url = `http://127.0.0.1:${port}`
  let output = ''
  let child = start()
  await waitUntilReady(child, url, () => output)

  return {
    url,
    billingUrl: `http://127.0.0.1:${billingPort}`,
    dataDirectory: options.dataDirectory,
    output: () => output,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = start()
      await waitUntilReady(child, url, () => output)
    },
  }

  function start(): ChildProcess {
    const [app, main, mode] = options.development
      ? ['devtools', 'src/dev-server.ts', 'development']
      : ['server', 'src/main.ts', 'test']
    const started = spawn(
      process.execPath,
      ['--import', END_WITH_PARENT, '--import', 'tsx', main],
      {
        cwd: fileURLToPath(new URL(app, APPS)),
        env: {
          ...process.env,
          NODE_ENV: mode,
          PORT: String(port),
          BILLING_PORT: String(billingPort),
          DATA_DIR: options.dataDirectory,
          PUBLIC_URL: url,
          // A test signs in more people from one address than a household.
          NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '5000',
          ...options.environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
      })
    }
    return started
  }
}

async function waitUntilReady(child: ChildProcess, url: string, output: () => string) {
  const deadline = Date.now() + READY_MS_MAX
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Tollgate ended while starting:\n${output()}`)
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  child.kill('SIGKILL')
  throw new Error(`Tollgate was not ready after ${READY_MS_MAX} ms:\n${output()}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
