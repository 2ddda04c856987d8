import type { CustomerId } from '@tollgate/contract'
import type { DriftedEvent } from '@tollgate/metering/postgres'

/** A drifted event as operators see it: in the report, as JSON and in the log. */
export type DriftLine = {
  kind: DriftedEvent['kind']
  transactionId: string
  customerId: CustomerId
  /** Null if our catalog does not have the backend's meter. */
  meter: string | null
  /** What metering charged; null if it has no such charge. */
  meteringAmount: number | null
  /** What the backend recorded; null if it has no such event. */
  backendAmount: number | null
  occurredAt: string
}

/** Describes a drifted event in one flat record. */
export function describeDrift(drifted: DriftedEvent): DriftLine {
  const { kind, customerId } = drifted
  switch (kind) {
    case 'missing_at_backend': {
      const { transactionId, meter, amount, occurredAt } = drifted.charge
      const at = new Date(occurredAt).toISOString()
      const amounts = { meteringAmount: amount, backendAmount: null }
      return { kind, transactionId, customerId, meter, ...amounts, occurredAt: at }
    }
    case 'missing_in_metering':
    case 'different': {
      const { transactionId, meter, amount, at } = drifted.event
      const charged = kind === 'different' ? drifted.charge.amount : null
      const amounts = { meteringAmount: charged, backendAmount: amount }
      const occurredAt = new Date(at).toISOString()
      return { kind, transactionId, customerId, meter, ...amounts, occurredAt }
    }
  }
}
