import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/** What one procedure charged of one meter on one day (UTC), for how many operations, and how many were released. */
export type UsedPerDay = {
  day: string
  procedure: string
  meter: string
  credits: number
  charged: number
  released: number
}

/** What customers got of one meter on one day (UTC) from one plan or top-up, as syncs observed it; negative when taken away. */
export type GrantedPerDay = {
  day: string
  meter: string
  reason: 'plan' | 'purchase' | 'grant' | 'refund' | 'expiry' | 'adjustment'
  name: string | null
  credits: number
  count: number
}

/** What was used and granted in a span of time, one line per bucket, day and what it is counted by. */
export async function readFigures(
  database: Database,
  { from, until }: { from: Date; until: Date },
): Promise<{ used: UsedPerDay[]; granted: GrantedPerDay[] }> {
  const used: UsedPerDay[] = []
  const granted: GrantedPerDay[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, from, until]
    used.push(...(await callRoutine<UsedPerDay[]>(database, 'used_per_day', args)))
    granted.push(...(await callRoutine<GrantedPerDay[]>(database, 'granted_per_day', args)))
  }
  return { used, granted }
}
