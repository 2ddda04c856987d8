/** A failed test, or a file whose tests could not run. */
export type Failure = { file: string; title: string; message: string }

/** The outcome of one part. */
export type PartResult = {
  script: string
  outcome: 'passed' | 'failed' | 'interrupted'
  seconds: number
  passed: number
  failed: number
  /** The log with its whole output, relative to the root. */
  log: string
  /** The command that reruns what failed. */
  rerun: string
  failures: readonly Failure[]
}
