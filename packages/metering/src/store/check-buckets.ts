import { bucketsOf, type MeteringDatabase, readOwnedBuckets } from './metering-database.ts'

/**
 * Throws unless the database owns exactly the buckets that customers are spread over: with another count, a customer would be looked up
 * in the wrong bucket.
 */
export async function checkBuckets(database: MeteringDatabase): Promise<void> {
  const owned = await readOwnedBuckets(database)
  const expected = bucketsOf(database)
  if (owned.length === expected.length && owned.every((bucket) => expected.includes(bucket))) return
  throw new Error(
    `Metering was created with bucketCount ${database.bucketCount}, and its database owns ${describe(owned)}. Pass the count the installation began with; before its first customer, insert every bucket into metering.bucket.`,
  )
}

function describe(owned: readonly number[]): string {
  if (owned.length === 0) return 'none'
  return owned.length === 1 ? `bucket ${owned[0]}` : `the buckets ${owned.join(', ')}`
}
