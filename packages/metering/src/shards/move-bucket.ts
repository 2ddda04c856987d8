import { type BucketMove, type Move, moveBucketAlone } from './move-bucket-alone.ts'
import { whileMovingAlone } from './while-moving-alone.ts'

export type { BucketMove }

/**
 * Moves a bucket to another shard while the installation works. Calls of its customers are refused with "try again" until it is
 * there; nothing is lost, and nothing is charged twice. A move that was interrupted is repeated, or made to another shard, also back.
 * One is made at a time. Needs two connections to the proxy.
 */
export function moveBucket(options: Move): Promise<BucketMove> {
  return whileMovingAlone(options.proxy, (confirmAlone) => moveBucketAlone(options, confirmAlone))
}
