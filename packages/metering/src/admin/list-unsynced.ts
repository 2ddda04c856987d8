import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/** A customer whose balance cannot be trusted until the backend is read again. */
export type UnsyncedCustomer = {
  customerId: string
  /** When the backend was last read; null if never. */
  syncedAt: string | null
  attempts: number
  retryAt: string | null
}

/** Customers whose balance cannot be trusted until the backend is read again, longest wait first. */
export async function listUnsynced(
  database: Database,
  { limit }: { limit: number },
): Promise<UnsyncedCustomer[]> {
  const found: UnsyncedCustomer[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, limit]
    found.push(...(await callRoutine<UnsyncedCustomer[]>(database, 'list_unsynced', args)))
  }
  return found.slice(0, limit)
}
