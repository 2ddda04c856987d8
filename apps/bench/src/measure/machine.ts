import { cpus, loadavg } from 'node:os'

/** The machine of a run, and how busy it was. */
export type Machine = {
  cores: number
  processor: string
  node: string
  /** Load average of 1, 5 and 15 minutes. */
  loadBefore: number[]
  loadAfter: number[]
}

/** Starts to describe the machine; the returned function completes the description at the end of a run. */
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
