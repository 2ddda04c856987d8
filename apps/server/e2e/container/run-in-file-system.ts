import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { FileSystem } from './build-file-system.ts'

const READY_MS_MAX = 120_000
const POLL_MS = 500

/** A program whose `/` is the folder. */
export type Contained = {
  output(): string
  /** As `docker stop` does: SIGTERM to the first process. Resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Starts the entry point of a file system as its user, who sees nothing outside of it, and waits until its health check passes. */
export async function startInFileSystem(
  system: FileSystem,
  environment: Record<string, string>,
): Promise<Contained> {
  const child = spawnInside(system, system.entrypoint, environment)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  process.once('exit', () => child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(() => child.exitCode)
  const deadline = performance.now() + READY_MS_MAX
  while ((await checkHealth(system, environment)) !== 0) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The server in the file system did not become healthy:\n${output}`)
    }
    await delay(POLL_MS)
  }
  return {
    output: () => output,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** The exit code of the health check, run as a container's daemon runs it. */
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
) {
  const place = [`--root=${root}`, `--wd=${workingDirectory}`]
  const identity = [`--setgid=${user.gid}`, `--setuid=${user.uid}`]
  return spawn('unshare', [...place, ...identity, ...command], {
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
