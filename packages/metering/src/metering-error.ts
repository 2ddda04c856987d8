import type { BillingError } from '@tollgate/contract'

/** What only the operator can mend; everything else is a `BillingError` kind. */
type InternalCode = 'COST_INVALID' | 'RESULT_TOO_LARGE' | 'OPERATION_POISONED'

/**
 * Why a billed call was not answered. `code` is the kind of `billing`, or an internal code when `billing` is null (500).
 * Recognise it by `code`, never by message.
 *
 * @example
 * if (error instanceof MeteringError && error.code === 'exhausted') show(error.billing)
 */
export class MeteringError extends Error {
  override readonly name = 'MeteringError'
  readonly code: BillingError['kind'] | InternalCode
  /** What the client is told; null when the fault is ours. */
  readonly billing: BillingError | null

  constructor(reason: BillingError | InternalFault, options: { cause?: unknown } = {}) {
    super(reason.message, { cause: options.cause })
    if ('kind' in reason) {
      this.code = reason.kind
      this.billing = reason
    } else {
      this.code = reason.code
      this.billing = null
    }
  }
}

type InternalFault = { code: InternalCode; message: string }
