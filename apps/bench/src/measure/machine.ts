import { cpus, loadavg } from 'node:os'

/** What a run ran on, and how busy it was. */
export type Machine = {
  cores: number
  processor: string
  node: string
  /** Load of 1, 5 and 15 minutes. */
  loadBefore: number[]
  loadAfter: number[]
}

/** Begins to describe the machine; the function returned completes the description at the end of a run. */
export function watchMachine(): () => Machine {
  const loadBefore = loadavg()
  return () => ({
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    loadBefore,
    loadAfter: loadavg(),
  })
}
