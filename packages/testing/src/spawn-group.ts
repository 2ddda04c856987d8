import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 50
const DRAIN_MS_MAX = 2000
/** Servers shut down their database within this time. */
const STOP_MS_MAX = 20_000

/** A command and everything it starts, as one process group. */
export type Group = {
  output: readonly Readable[]
  /** Resolves with the exit code of the command; a signal counts as 1. */
  ended: Promise<number>
  isAlive(): boolean
  /** Sends SIGTERM to all of its processes, and SIGKILL to those that remain after a while. */
  stop(): Promise<void>
}

/** Starts a command in a process group that ends with this process, whatever the reason. */
export function spawnGroup(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Group {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'group', command, ...args], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
    // A daemon it leaves behind may keep the output open.
    child.once('exit', (code) => setTimeout(() => resolve(code ?? 1), DRAIN_MS_MAX).unref())
  })
  const { pid } = child
  const isAlive = () => pid !== undefined && signal(pid, 0)
  return {
    output: [child.stdout, child.stderr],
    ended,
    isAlive,
    async stop() {
      if (pid === undefined) return
      signal(pid, 'SIGTERM')
      const deadline = performance.now() + STOP_MS_MAX
      while (isAlive() && performance.now() < deadline) await delay(POLL_MS)
      signal(pid, 'SIGKILL')
    },
  }
}

/**
 * The input is a pipe from the process that started the group: it closes when that process ends. The shell itself outlives SIGTERM until
 * the command has ended, and waits for the guard, so that no zombie remains where process 1 is not an init. The guard is killed with
 * SIGKILL, because a starting shell loses a SIGTERM, and the wait would never end.
 */
const GUARDED = `
trap : TERM
exec 3<&0
{ while read -r _ <&3; do :; done; kill -TERM 0; } &
guard=$!
"$@" </dev/null 3<&-
code=$?
kill -KILL "$guard" 2>/dev/null
wait "$guard" 2>/dev/null
exit "$code"
`

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name)
  } catch {
    return false
  }
}
