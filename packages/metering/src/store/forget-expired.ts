import { bucketsOf, type MeteringDatabase } from './metering-database.ts'

/** Drops stored results and keys that are past their keeping time; returns how many of each. */
export async function forgetExpired(
  database: MeteringDatabase,
  forget: { limit: number; keyKeptMs: number },
): Promise<{ results: number; keys: number }> {
  const sum = { results: 0, keys: 0 }
  for (const bucket of bucketsOf(database)) {
    const rows = await database.query<{ forgotten: { results: number; keys: number } }>({
      name: 'metering.forget',
      text: 'select metering.forget($1::smallint, $2, $3) as forgotten',
      values: [bucket, forget.limit, forget.keyKeptMs],
    })
    sum.results += rows[0]?.forgotten.results ?? 0
    sum.keys += rows[0]?.forgotten.keys ?? 0
  }
  return sum
}
