import { type BillingAction, type BillingError, hasErrorBrand } from '@tollgate/contract'
import { MeteringError } from './metering-error.ts'

/**
 * 402: the balance does not cover a call. Nothing was charged.
 *
 * @example
 * if (error instanceof InsufficientCreditsError) redirect(error.upgradeUrl)
 */
export class InsufficientCreditsError extends MeteringError {
  static override [Symbol.hasInstance](value: unknown): value is InsufficientCreditsError {
    return hasErrorBrand(value, 'MeteringError') && 'meterSlug' in value
  }

  readonly meterSlug: string
  readonly availableBalance: number
  readonly required: number
  readonly upgradeUrl: string
  /** When the plan grants credits again; null when it does not. */
  readonly resetsAt: string | null
  readonly actions: readonly BillingAction[]

  constructor(short: BillingError<'insufficient_credits'>) {
    super(short)
    this.meterSlug = short.meter
    this.availableBalance = short.availableBalance
    this.required = short.required
    this.upgradeUrl = short.upgradeUrl
    this.resetsAt = short.resetsAt
    this.actions = short.actions
  }
}
