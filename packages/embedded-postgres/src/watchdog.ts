import { spawn } from 'node:child_process'
import type { Logger } from '@tollgate/contract'
import type { Cluster } from './cluster.ts'
import { STOPPING } from './claim.ts'

/**
 * Reads the pipe until our end closes, however we exit. Then it renames the owner's claim to "stopping", which fails if another process
 * has taken the server over, and requests a fast shutdown. A shell, because it lives as long as the server and must use almost no memory.
 */
const SCRIPT = `
trap '' INT TERM HUP
while read -r _; do :; done
mv "$2/$3" "$2/$4" 2>/dev/null || exit 0
tries=0
until read -r pid 2>/dev/null <"$1/postmaster.pid"; do
  tries=$((tries + 1))
  [ "$tries" -gt 50 ] && exit 0
  sleep 0.1
done
[ ! -e /proc/self/comm ] || grep -q '^postgres' "/proc/$pid/comm" || exit 0
kill -INT "$pid"
`

/** Starts a process that stops the server when this one exits; returns a function that ends it. */
export function startWatchdog(
  cluster: Cluster,
  { claimant, logger }: { claimant: string; logger: Logger },
): () => void {
  const parameters = [cluster.directory, cluster.owner, claimant, STOPPING]
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'postgres-watchdog', ...parameters], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  // Without a watchdog the server just outlives us, and the next start adopts it.
  child.on('error', (error) =>
    logger.warn(
      { error },
      'embedded postgres: watchdog failed, the server would outlive a killed process',
    ),
  )
  child.stdin.on('error', () => {})
  child.unref()
  return () => child.stdin.end()
}
