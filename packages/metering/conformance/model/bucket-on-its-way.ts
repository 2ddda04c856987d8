/** An unfinished move of a bucket. */
export type BucketOnItsWay = {
  bucket: number
  /** The target when an interrupted move is repeated. */
  to: number
  /** Nothing of it runs after that. */
  end(): void
}
