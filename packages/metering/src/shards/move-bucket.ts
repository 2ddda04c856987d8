import { type BucketMove, type Move, moveBucketAlone } from './move-bucket-alone.ts'
import { whileMovingAlone } from './while-moving-alone.ts'

export type { BucketMove }

/**
 * Moves a bucket to another shard without downtime. Until it has moved, calls of its customers are refused and may be retried; nothing is
 * lost or charged twice. Repeat an interrupted move, to the same shard, another, or the original one. Only one move runs at a time. Needs
 * two connections to the proxy.
 */
export function moveBucket(options: Move): Promise<BucketMove> {
  return whileMovingAlone(options.proxy, (confirmAlone) => moveBucketAlone(options, confirmAlone))
}
