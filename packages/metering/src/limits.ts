import type {
  BillingCustomer,
  CallSubject,
  CustomerId,
  LimitPeriod,
  LimitSubject,
  SpendLimit,
} from '@tollgate/contract'

/** What subjects may spend of a customer's credits; kept to from the next hold on, by every process. */
export type Limits<Meter extends string = string> = {
  /**
   * Sets what a subject may spend of a meter. A monthly limit counts what was charged this month already; one without a period
   * counts from when it was set first. Throws `InvalidIdError` for a subject's id of another shape.
   */
  set(limit: LimitToSet<Meter>): Promise<void>
  /** The limits of a customer, its members and its API keys; with a subject those of it alone, which may be a run. */
  list(of: { customerId: CustomerId; subject?: LimitSubject }): Promise<SpendLimit<Meter>[]>
  /** Lifts a limit. A run without a limit may spend nothing. */
  remove(limit: { customerId: CustomerId; subject: LimitSubject; meter: Meter }): Promise<void>
}

/** A limit to set. Only a run has an end. */
export type LimitToSet<Meter extends string = string> = {
  customer: BillingCustomer
  meter: Meter
  amount: number
  /** A calendar month (UTC), or null: in all. */
  period: LimitPeriod | null
} & (
  | { subject: LimitSubject; expiresAt?: never }
  | { subject: CallSubject & { kind: 'run' }; expiresAt: Date }
)
