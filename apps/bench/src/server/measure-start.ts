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

/** One `npm start` with nothing changed since the last, until the server answers a call. */
export type Start = { ms: number; othersShare: number }

/** Starts a checked-out revision with `npm start` once to build it, then so many times to measure. */
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
    // A group of its own, because npm does not pass every signal on.
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

/** Returns when the last process of the group has ended: npm ends before the server does. One that failed to start has ended by itself. */
async function stop(child: ChildProcess): Promise<void> {
  signal(child, 'SIGTERM')
  while (signal(child, 0)) await delay(POLL_MS)
}

/** False when no process of the group is left. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(-pid, name)
  } catch {
    return false
  }
}
