import type { Work } from './intercept-work.ts'

/** Stops the work of a procedure as it begins, until the gate is opened. */
export function gate(work: Work): { begun: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const begun = new Promise<void>((resolve) => {
    work.before = () => {
      resolve()
      return opened
    }
  })
  return { begun, open: () => open() }
}
