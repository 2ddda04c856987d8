import { hash } from 'node:crypto'
import type { Database } from '@tollgate/database'

/** A database of metering's, and among how many buckets its customers are spread; set once per installation. */
export type MeteringDatabase = Database & { bucketCount: number }

/** The bucket of a customer: the same on every server, for as long as the count stays. */
export function bucketOf({ bucketCount }: MeteringDatabase, customerId: string): number {
  if (bucketCount === 1) return 0
  return Number.parseInt(hash('sha256', customerId, 'hex').slice(0, 8), 16) % bucketCount
}

/** Elements by the bucket of their customer: a statement names one. */
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

/** Reads among how many buckets the customers of a database are spread, for tools that know nothing of the installation. */
export async function openMeteringDatabase(database: Database): Promise<MeteringDatabase> {
  return { ...database, bucketCount: (await readOwnedBuckets(database)).length }
}

/** The buckets that a database owns, for tools that know nothing of the installation. */
export async function readOwnedBuckets(database: Database): Promise<number[]> {
  const rows = await database.query<{ bucket: number }>({
    text: 'select bucket from metering.bucket order by bucket',
  })
  return rows.map(({ bucket }) => bucket)
}
