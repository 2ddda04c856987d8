import type { Work } from './intercept-work.ts'

/** Stops the next run of a procedure's work as it begins, until the gate is opened; later runs pass. */
export function gate(work: Work): { begun: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const begun = new Promise<void>((resolve) => {
    work.before = () => {
      resolve()
      work.before = () => Promise.resolve()
      return opened
    }
  })
  return { begun, open: () => open() }
}
