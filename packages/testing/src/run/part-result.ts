/** A test that failed, or a file whose tests could not be run. */
export type Failure = { file: string; title: string; message: string }

/** How one part ended. */
export type PartResult = {
  script: string
  outcome: 'passed' | 'failed' | 'interrupted'
  seconds: number
  passed: number
  failed: number
  /** Where its whole output is, from the root. */
  log: string
  /** Runs again what failed. */
  rerun: string
  failures: readonly Failure[]
}
