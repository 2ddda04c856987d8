import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { END_WITH_PARENT } from './end-with-parent.ts'
import { freePort } from './free-port.ts'

const READY_MS_MAX = 90_000
const POLL_MS = 50
const OUTPUT_CHARACTERS_MAX = 40_000

/** A server in a separate process, under a test's control. */
export type FaultyProcess = {
  url: string
  pid: number
  output(): string
  /** Resolves with the signal or exit code when it ends for any reason. */
  ended: Promise<string>
  isAlive(): boolean
  /** SIGKILL: no handler runs, no buffer is flushed. */
  kill(): Promise<void>
  /** The same without waiting, for the moment at which a proxy strikes. */
  strike(): void
  /** SIGTERM, and SIGKILL after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>
  /** Suspends or resumes it, like a long pause of the machine. */
  freeze(): void
  thaw(): void
}

/** Starts Node with `args`, and waits until `readyPath` answers 200 unless `wait` is false. */
export async function startProcess(options: {
  cwd: string
  args: readonly string[]
  /** Receives the port to listen on. */
  environment: (port: number) => Record<string, string>
  port?: number
  readyPath: string
  wait?: boolean
}): Promise<FaultyProcess> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  let output = ''
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...options.args], {
    cwd: options.cwd,
    env: { ...process.env, NODE_ENV: 'test', ...options.environment(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
    })
  }
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code))
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (isAlive()) child.kill(signal)
    await ended
  }
  const started: FaultyProcess = {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    isAlive,
    kill: () => end('SIGKILL'),
    strike: () => void child.kill('SIGKILL'),
    stop: async (patienceMs = 30_000) => {
      const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await end('SIGTERM')
      clearTimeout(patience)
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
  if (options.wait !== false) await waitUntilReady(child, `${url}${options.readyPath}`, started)
  return started
}

/** Waits until the process is ready; throws with its output if it does not become ready. */
async function waitUntilReady(
  child: ChildProcess,
  url: string,
  started: FaultyProcess,
): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX
  while (performance.now() < deadline) {
    if (!started.isAlive())
      throw new Error(`The process ended while starting:\n${started.output()}`)
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await delay(POLL_MS)
  }
  child.kill('SIGKILL')
  throw new Error(`The process was not ready after ${READY_MS_MAX} ms:\n${started.output()}`)
}
