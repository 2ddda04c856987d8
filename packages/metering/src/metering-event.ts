import type { UsageReceipt } from '@tollgate/contract'
import type { MeteringError } from './metering-error.ts'

/**
 * An event for metrics, emitted once, after the fact. A call ends `settled`, `released` (its work failed), `replayed`, or with the code
 * of the error that it threw.
 *
 * @example
 * createMetering({ ...options, onEvent: (event) => event.kind === 'overrun' && overrun.inc(event.credits) })
 */
export type MeteringEvent =
  /** With `milliseconds` from hold to settle for a call that was settled. */
  | { kind: 'operation'; procedure: string; outcome: OperationOutcome; milliseconds?: number }
  /** A hold was placed and its work starts. */
  | { kind: 'hold'; procedure: string }
  /** Usage events were delivered; `events` of them had this outcome. */
  | { kind: 'delivery'; outcome: UsageReceipt['outcome']; events: number }
  /** Usage beyond the hold that the balance does not cover: the operator bears it. */
  | { kind: 'overrun'; procedure: string; credits: number }
  /** A usage event was quarantined. */
  | { kind: 'quarantined'; meter: string }
  /** A process died; a stream that had delivered something is settled, anything else expires. */
  | { kind: 'expired'; procedure: string; became: 'expired' | 'settled' }

/** How a billed call ended, provided that its process survived. */
export type OperationOutcome = 'settled' | 'released' | 'replayed' | MeteringError['code']
