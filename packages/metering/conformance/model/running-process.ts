import type { AssembledMetering } from '../../src/assemble-metering.ts'

/** One server process in miniature: metering over a database and a backend that fail on demand. */
export type Process = AssembledMetering & {
  name: string
  /** Resolves when it is killed; none of its code runs afterwards. */
  death: Promise<void>
  isDead(): boolean
  kill(): void
  arm(fault: Fault): void
}

/** A fault to inject the next time a process reaches a point. */
export type Fault = {
  point: string
  kind: 'killed before' | 'killed after' | 'cut before' | 'cut after'
  /** How many times; a connection may be cut again and again. */
  times: number
  /** Called when it fires. */
  met?: () => void
}
