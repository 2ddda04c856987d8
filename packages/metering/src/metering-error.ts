import { type BillingError, ERROR_BRAND, hasErrorBrand } from '@tollgate/contract'

/** Not refusals: faults that only the operator can fix, and calls that ended before their work did. */
type InternalCode =
  | 'COST_INVALID'
  | 'INPUT_NOT_COMPARABLE'
  | 'RESULT_NOT_JSON'
  | 'RESULT_TOO_LARGE'
  | 'OPERATION_POISONED'
  | 'DEADLINE_EXCEEDED'
  | 'CALLER_GONE'

/**
 * Why a billed call failed. `code` is the kind of `billing`, or an internal code when `billing` is null. Distinguish errors by `code`,
 * never by message; `instanceof` works across two copies of this package.
 *
 * @example
 * if (error instanceof MeteringError && error.code === 'insufficient_credits') show(error.billing)
 */
export class MeteringError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is MeteringError {
    return hasErrorBrand(value, 'MeteringError')
  }

  override readonly name: string = 'MeteringError'
  readonly code: BillingError['kind'] | InternalCode
  /** What the client receives; null unless billing refused the call. */
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

  get [ERROR_BRAND](): string {
    return 'MeteringError'
  }
}

type InternalFault = { code: InternalCode; message: string }
