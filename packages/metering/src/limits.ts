import type {
  BillingCustomer,
  CallSubject,
  CustomerId,
  LimitPeriod,
  LimitSubject,
  SpendLimit,
} from '@tollgate/contract'

/** What subjects may spend of a customer's credits; every process enforces it from the next hold on. */
export type Limits<Meter extends string = string> = {
  /**
   * Sets what a subject may spend of a meter. A monthly limit includes what was already charged this month; one without a period counts
   * from when it was first set. Throws `InvalidIdError` for a malformed subject id.
   */
  set(limit: LimitToSet<Meter>): Promise<void>
  /** The limits of a customer, its members and its API keys; with `subject`, which may be a run, only its own. */
  list(of: { customerId: CustomerId; subject?: LimitSubject }): Promise<SpendLimit<Meter>[]>
  /** Removes a limit. A run without a limit may spend nothing. */
  remove(limit: { customerId: CustomerId; subject: LimitSubject; meter: Meter }): Promise<void>
}

/** A limit to set. Only a run's limit has an end. */
export type LimitToSet<Meter extends string = string> = {
  customer: BillingCustomer
  meter: Meter
  amount: number
  /** A calendar month (UTC), or null for a total. */
  period: LimitPeriod | null
} & (
  | { subject: LimitSubject; expiresAt?: never }
  | { subject: CallSubject & { kind: 'run' }; expiresAt: Date }
)
