/** Why the billing process could not be started. */
export type BillingStartErrorCode =
  | 'billing_port_taken'
  | 'billing_port_forbidden'
  | 'billing_program_missing'
  | 'billing_setting_invalid'
  | 'billing_not_started'

/** The self-hosted billing backend could not be started; the message says what to do. */
export class BillingStartError extends Error {
  override readonly name = 'BillingStartError'
  readonly code: BillingStartErrorCode

  constructor(code: BillingStartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
