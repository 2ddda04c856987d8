import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { connectWhenReady } from './connect-when-ready.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { Binaries } from './find-binaries.ts'
import { launch, type Launcher } from './launcher.ts'

// A free port may be taken a moment later, and processes of a killed server may still be finishing a statement.
const MAX_ATTEMPTS = 120
const RETRY_DELAY_MS = 250

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Omits error details, which quote rows: a duplicate email address would be logged.
  log_error_verbosity: 'terse',
  // All statements are short: compiling one takes longer than running it.
  jit: 'off',
} as const

/** Starts the server and waits until it answers; returns its port and process id. */
export async function launchPostmaster(options: {
  cluster: Cluster
  binaries: Binaries
  launcher: Launcher
  port: number | undefined
  url: (port: number) => string
}): Promise<{ port: number; pid: number }> {
  const { cluster } = options
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const outcome = await attemptOnce(options, port)
    if ('pid' in outcome) return { port, pid: outcome.pid }
    const { output } = outcome
    const portTaken = output.includes('Address already in use')
    if (portTaken && options.port !== undefined) {
      throw new EmbeddedPostgresError(
        'port_taken',
        `Port ${port} is taken. Choose another one, or none: PostgreSQL then takes any free port.`,
      )
    }
    const mayPass = portTaken || output.includes('shared memory block')
    if (!mayPass || attempt === MAX_ATTEMPTS) {
      throw new EmbeddedPostgresError(
        'start_failed',
        `PostgreSQL did not start in ${cluster.directory}; its output: ${output.trim() || 'none'}`,
      )
    }
    await delay(RETRY_DELAY_MS)
  }
}

/** Returns the process id once the server answers, or its output if it exits. */
async function attemptOnce(
  { cluster, binaries, launcher, url }: Parameters<typeof launchPostmaster>[0],
  port: number,
): Promise<{ pid: number } | { output: string }> {
  const log = await open(cluster.log, 'a', 0o600)
  const { size } = await log.stat()
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = launch(launcher, {
    program: binaries.postgres,
    parameters: ['-D', cluster.directory, '-p', String(port), ...settings],
    stdio: ['ignore', log.fd, log.fd],
  })
  let ended = false
  child.on('error', () => (ended = true))
  child.on('exit', () => (ended = true))
  child.unref()
  await log.close()

  const pid = child.pid ?? 0
  const outcome = await connectWhenReady(cluster, {
    pid,
    url: url(port),
    hasEnded: async () => ended,
  })
  if (outcome === 'ready') return { pid }
  return { output: (await readFile(cluster.log)).subarray(size).toString() }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address !== null && typeof address === 'object') return address.port
  throw new EmbeddedPostgresError('start_failed', 'No free port was found on 127.0.0.1.')
}
