import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { bareEnvironment } from '../config.ts'
import { watchOthers } from '../measure/watch-others.ts'
import { atExit } from '../processes/at-exit.ts'
import { freePort } from './free-port.ts'
import { serverEnvironment } from './server-environment.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const POLL_MS = 20

/** The time of one unchanged `npm start` until the server answers a call. */
export type Start = { ms: number; othersShare: number }

/** Starts a checked-out revision with `npm start` once to build it, then this many times to measure. */
export async function measureStarts(root: string, count: number): Promise<Start[]> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-start-'))
  try {
    await startOnce(root, dataDirectory)
    const starts: Start[] = []
    while (starts.length < count) starts.push(await startOnce(root, dataDirectory))
    return starts
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
}

async function startOnce(root: string, dataDirectory: string): Promise<Start> {
  const port = await freePort()
  const given = { port, billingPort: await freePort(), dataDirectory }
  const others = watchOthers([process.pid])
  const startedAt = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...bareEnvironment, ...serverEnvironment(given) },
    stdio: 'ignore',
    // A separate process group, because npm does not forward every signal.
    detached: true,
  })
  const forget = atExit(() => signal(child, 'SIGKILL'))
  try {
    await waitUntilReady(child, port)
    return { ms: performance.now() - startedAt, othersShare: others() }
  } finally {
    await stop(child)
    forget()
  }
}

/**
 * Resolves when the last process of the group has exited: npm exits before the server does. A server that failed to start has exited by
 * itself.
 */
async function stop(child: ChildProcess): Promise<void> {
  signal(child, 'SIGTERM')
  while (signal(child, 0)) await delay(POLL_MS)
}

/** False if no process of the group is left. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(-pid, name)
  } catch {
    return false
  }
}
