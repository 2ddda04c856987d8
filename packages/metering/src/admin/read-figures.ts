import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * What one procedure used on one day (UTC) with one model, and its provider cost. The cost of all its operations is known or that of
 * none: operations of unknown cost have their own line.
 */
export type UsedByModel = {
  day: string
  procedure: string
  /** Comma-separated if an operation used several: "gpt-5, gpt-5-mini"; null if none was stored. */
  model: string | null
  /** What was charged, by meter. */
  credits: Partial<Record<string, number>>
  charged: number
  released: number
  /** How many of them may have an unknown cost. */
  unknown: number
  /** How many of them have an estimated cost, because the provider did not report it. */
  estimated: number
  /** Millionths of a dollar; null where it is not known. */
  costMicros: number | null
  /** The part of it that released operations cost. */
  releasedMicros: number
}

/** What customers got of one meter on one day (UTC) from one plan or top-up, as syncs observed it; negative when removed. */
export type GrantedPerDay = {
  day: string
  meter: string
  reason: 'plan' | 'purchase' | 'grant' | 'refund' | 'expiry' | 'adjustment'
  name: string | null
  credits: number
  count: number
}

/** Usage and grants in a time span, one line per bucket, day and the other fields that are not amounts. */
export async function readFigures(
  database: Database,
  { from, until }: { from: Date; until: Date },
): Promise<{ used: UsedByModel[]; granted: GrantedPerDay[] }> {
  const used: UsedByModel[] = []
  const granted: GrantedPerDay[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, from, until]
    used.push(...(await callRoutine<UsedByModel[]>(database, 'used_by_model', args)))
    granted.push(...(await callRoutine<GrantedPerDay[]>(database, 'granted_per_day', args)))
  }
  return { used, granted }
}
