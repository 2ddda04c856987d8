import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { FileSystem } from './build-file-system.ts'
import { runToEnd } from './run-to-end.ts'

const READY_MS_MAX = 120_000
const POLL_MS = 500
/** Runs it in its own PID namespace, whose processes end with it. */
const AS_FIRST_PROCESS = ['--pid', '--fork', '--kill-child=SIGKILL']

/** A program whose root directory is the folder. */
export type Contained = {
  output(): string
  hasEnded(): boolean
  kill(): void
  /** Like `docker stop`: SIGTERM to PID 1, which ends only if it handles the signal. Resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Starts the entry point of a file system, isolated and as its user, and waits until its health check passes. */
export async function startInFileSystem(
  system: FileSystem,
  environment: Record<string, string>,
): Promise<Contained> {
  const contained = launchInFileSystem(system, environment)
  const deadline = performance.now() + READY_MS_MAX
  while ((await checkHealth(system, environment)) !== 0) {
    if (contained.hasEnded() || performance.now() > deadline) {
      contained.kill()
      throw new Error(
        `The server in the file system did not become healthy:\n${contained.output()}`,
      )
    }
    await delay(POLL_MS)
  }
  return contained
}

/** Starts the entry point as PID 1. */
export function launchInFileSystem(
  system: FileSystem,
  environment: Record<string, string>,
): Contained {
  const child = spawnInside(system, system.entrypoint, environment, AS_FIRST_PROCESS)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(child, 'exit').then(() => child.exitCode)
  return {
    output: () => output,
    hasEnded: () => child.exitCode !== null,
    kill,
    stop: async () => {
      const inside = await runToEnd('pgrep', ['--parent', String(child.pid)], process.cwd())
      process.kill(Number(inside), 'SIGTERM')
      return ended
    },
  }
}

/** The exit code of the health check, run as a container daemon does. */
export async function checkHealth(
  system: FileSystem,
  environment: Record<string, string>,
): Promise<number | null> {
  const check = spawnInside(system, system.healthCheck, environment)
  await once(check, 'exit')
  return check.exitCode
}

function spawnInside(
  { root, workingDirectory, user, environment: own }: FileSystem,
  command: readonly string[],
  environment: Record<string, string>,
  how: readonly string[] = [],
) {
  const place = [`--root=${root}`, `--wd=${workingDirectory}`]
  const identity = [`--setgid=${user.gid}`, `--setuid=${user.uid}`]
  return spawn('unshare', [...how, ...place, ...identity, ...command], {
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
