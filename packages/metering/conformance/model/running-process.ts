import type { AssembledMetering } from '../../src/assemble-metering.ts'

/** One server process in miniature: metering over a database and a backend that fail on demand. */
export type Process = AssembledMetering & {
  name: string
  /** Resolves when it is killed; nothing of it runs after that. */
  death: Promise<void>
  isDead(): boolean
  kill(): void
  arm(fault: Fault): void
}

/** What goes wrong the next time a process comes to a point. */
export type Fault = {
  point: string
  kind: 'killed before' | 'killed after' | 'cut before' | 'cut after'
  /** How many times; a connection may be cut again and again. */
  times: number
  /** Called when it strikes. */
  met?: () => void
}
