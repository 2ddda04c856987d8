import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const GONE_MS_MAX = 10_000
const POLL_MS = 20

/**
 * Stops the PostgreSQL server of a data directory like `pg_ctl stop -m immediate`: no checkpoint, every connection dropped, recovery from
 * the WAL at the next start.
 */
export async function killPostmaster(directory: string): Promise<void> {
  const file = await readFile(path.join(directory, 'postmaster.pid'), 'utf8')
  const pid = Number.parseInt(file, 10)
  process.kill(pid, 'SIGQUIT')
  const deadline = performance.now() + GONE_MS_MAX
  while (isRunning(pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL ${pid} did not end.`)
    await delay(POLL_MS)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
