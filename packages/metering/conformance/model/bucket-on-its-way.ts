/** A move of a bucket that has not come to its end. */
export type BucketOnItsWay = {
  bucket: number
  /** Where it goes when it was interrupted and is made again. */
  to: number
  /** Nothing of it runs after that. */
  end(): void
}
