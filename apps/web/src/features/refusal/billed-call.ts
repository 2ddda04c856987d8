import type { UnknownBillingError } from '@tollgate/client'
import type { BillingError, OperationKey } from '@tollgate/contract'

/** A billed call as far as every page sees it, whether it answers at once or piece by piece. */
export type BilledCall = {
  status: 'idle' | 'pending' | 'error' | 'success'
  error: unknown
  /** Billing's answer instead of a result; while `pending`, the one that is being tried again. */
  refusal: BillingError | UnknownBillingError | null
  operationKey: OperationKey | null
  /** Sends the same click once more, under its own key. */
  again: () => void
}
