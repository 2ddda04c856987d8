import { hash } from 'node:crypto'
import type { Database } from '@tollgate/database'

/** Metering's database and its number of buckets, set once per installation. */
export type MeteringDatabase = Database & { bucketCount: number }

/** The bucket of a customer: the same on every server, as long as the count does not change. */
export function bucketOf({ bucketCount }: MeteringDatabase, customerId: string): number {
  if (bucketCount === 1) return 0
  return Number.parseInt(hash('sha256', customerId, 'hex').slice(0, 8), 16) % bucketCount
}

/** Groups elements by their customer's bucket, because a statement names one bucket. */
export function byBucket<Element extends { customerId: string }>(
  database: MeteringDatabase,
  elements: readonly Element[],
): Map<number, Element[]> {
  const groups = new Map<number, Element[]>()
  for (const element of elements) {
    const bucket = bucketOf(database, element.customerId)
    const group = groups.get(bucket)
    if (group) group.push(element)
    else groups.set(bucket, [element])
  }
  return groups
}

/** Every bucket of the installation. */
export function bucketsOf({ bucketCount }: MeteringDatabase): number[] {
  return Array.from({ length: bucketCount }, (_, bucket) => bucket)
}

/** Opens a database with the bucket count read from it, for tools that do not know the installation. */
export async function openMeteringDatabase(database: Database): Promise<MeteringDatabase> {
  return { ...database, bucketCount: (await readOwnedBuckets(database)).length }
}

/** The buckets that a database owns, for tools that do not know the installation. */
export async function readOwnedBuckets(database: Database): Promise<number[]> {
  const rows = await database.query<{ bucket: number }>({
    text: 'select bucket from metering.bucket order by bucket',
  })
  return rows.map(({ bucket }) => bucket)
}
