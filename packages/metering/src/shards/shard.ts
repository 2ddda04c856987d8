import type { Database } from '@tollgate/database'

/** A database that owns some of the buckets, and its address for the proxy database. */
export type Shard = { url: string; database: Database }

/** Where every bucket is: the position of its shard, or null while it is being moved. */
export type BucketRoute = { bucket: number; shard: number | null }

/** The routes that the proxy database follows, by bucket. */
export function readRoutes(proxy: Database): Promise<BucketRoute[]> {
  return proxy.query({ text: 'select bucket, shard from metering.bucket order by bucket' })
}
