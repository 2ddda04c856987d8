import type { Work } from './intercept-work.ts'

/** Pauses the next run of a procedure's work at its start, until it is resumed; later runs are not paused. */
export function pauseNextRun(work: Work): { begun: Promise<void>; resume(): void } {
  let resume = () => {}
  const resumed = new Promise<void>((resolve) => {
    resume = resolve
  })
  const begun = new Promise<void>((resolve) => {
    work.before = () => {
      resolve()
      work.before = () => Promise.resolve()
      return resumed
    }
  })
  return { begun, resume: () => resume() }
}
