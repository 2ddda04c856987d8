import type { UsageReceipt } from '@tollgate/contract'
import type { MeteringError } from './metering-error.ts'

/**
 * Something worth counting, emitted once, after the fact. A call ends `settled`, `released` (its work failed), `replayed`, or
 * with the code it was refused or lost with.
 *
 * @example
 * createMetering({ ...options, onEvent: (event) => event.kind === 'overrun' && overrun.inc(event.credits) })
 */
export type MeteringEvent =
  /** With `milliseconds` from hold to settle for a call that was settled. */
  | { kind: 'operation'; procedure: string; outcome: OperationOutcome; milliseconds?: number }
  /** A hold was placed, and its work begins. */
  | { kind: 'hold'; procedure: string }
  /** Usage events were sent to the backend, and it answered so for `events` of them. */
  | { kind: 'delivery'; outcome: UsageReceipt['outcome']; events: number }
  /** Used beyond the hold without the funds for it: borne by the operator. */
  | { kind: 'overrun'; procedure: string; credits: number }
  /** A usage event was quarantined. */
  | { kind: 'quarantined'; meter: string }
  /** A process died; a stream that had delivered is settled, anything else expires. */
  | { kind: 'expired'; procedure: string; became: 'expired' | 'settled' }

/** How a billed call ended, as far as its process lived to see it. */
export type OperationOutcome = 'settled' | 'released' | 'replayed' | MeteringError['code']
