import { setTimeout as delay } from 'node:timers/promises'
import { claim, claimantName, release } from './claim.ts'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

const POLL_MS = 25
// Longer than any step under the lock may take.
const TIMEOUT_MS = 180_000

/** Runs `work` while no other process starts a server on the cluster. */
export async function withStartLock<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  const claimant = await claimantName()
  await waitForTurn(cluster, claimant)
  try {
    return await work()
  } finally {
    await release(cluster.startLock, claimant)
  }
}

async function waitForTurn(cluster: Cluster, claimant: string): Promise<void> {
  const giveUpAt = performance.now() + TIMEOUT_MS
  for (;;) {
    const holder = await claim(cluster.startLock, claimant)
    if (holder === null) return
    if (performance.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        'timed_out',
        `Another process has been starting PostgreSQL in ${cluster.directory} for ${TIMEOUT_MS / 1000} s. ` +
          `Stop it (its number begins the name ${holder}) and start again.`,
      )
    }
    await delay(POLL_MS)
  }
}
