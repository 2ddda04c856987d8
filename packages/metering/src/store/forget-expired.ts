import { callRoutine } from './call-routine.ts'
import { bucketsOf, type MeteringDatabase } from './metering-database.ts'

/** Drops stored results and keys that are past their keeping time; returns how many of each. */
export async function forgetExpired(
  database: MeteringDatabase,
  forget: { limit: number; keyKeptMs: number },
): Promise<{ results: number; keys: number }> {
  const sum = { results: 0, keys: 0 }
  for (const bucket of bucketsOf(database)) {
    const forgotten = await callRoutine<typeof sum>(database, 'forget', [
      bucket,
      forget.limit,
      forget.keyKeptMs,
    ])
    sum.results += forgotten.results
    sum.keys += forgotten.keys
  }
  return sum
}
