import type { Database } from '@tollgate/database'

/**
 * Puts usage events that were set aside back on their way, one by its transaction id or all of them; returns how many.
 * Mend what the `reason` says first: they are set aside again otherwise.
 *
 * @example
 * await replayQuarantined(database) // 3
 */
export async function replayQuarantined(
  database: Database,
  transactionId?: string,
): Promise<number> {
  const rows = await database.query<{ replayed: number }>({
    text: 'select metering.replay_quarantined($1) as replayed',
    values: [transactionId ?? null],
  })
  return rows[0]?.replayed ?? 0
}
