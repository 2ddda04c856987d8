import type { Database } from '@tollgate/database'

/** Drops stored results and keys that are past their keeping time; returns how many of each. */
export async function forgetExpired(
  database: Database,
  forget: { limit: number; keyKeptMs: number },
): Promise<{ results: number; keys: number }> {
  const rows = await database.query<{ forgotten: { results: number; keys: number } }>({
    name: 'metering.forget',
    text: 'select metering.forget($1, $2) as forgotten',
    values: [forget.limit, forget.keyKeptMs],
  })
  return rows[0]?.forgotten ?? { results: 0, keys: 0 }
}
