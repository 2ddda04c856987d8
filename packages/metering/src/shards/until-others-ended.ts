import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@tollgate/database'

const POLL_MS = 20

/**
 * Waits until every transaction now open on the server has ended, so that none still acts on what it read before a change. Throws when
 * one is still open after `withinMs`.
 */
export async function untilOthersEnded(database: Database, withinMs: number): Promise<void> {
  const open = await readOpen(database)
  const deadline = performance.now() + withinMs
  for (;;) {
    const still = new Set(await readOpen(database))
    if (!open.some((transaction) => still.has(transaction))) return
    if (performance.now() > deadline) {
      throw new Error(
        `A transaction has been open for more than ${withinMs} ms. End it (pg_stat_activity), then repeat the move.`,
      )
    }
    await delay(POLL_MS)
  }
}

/** Only clients' transactions; a vacuum reads no bucket. */
async function readOpen(database: Database): Promise<string[]> {
  const rows = await database.query<{ transaction: string }>({
    text: `select l.virtualtransaction as transaction
           from pg_locks l join pg_stat_activity a on a.pid = l.pid
           where l.locktype = 'virtualxid' and l.granted and l.pid <> pg_backend_pid()
             and a.datname = current_database() and a.backend_type is distinct from 'autovacuum worker'`,
  })
  return rows.map(({ transaction }) => transaction)
}
