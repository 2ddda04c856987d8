import type { BalanceUpdate, LedgerItem } from '@tollgate/contract'
import type {
  ChangeAuthor,
  GrantedPerDay,
  OperatorChange,
  ProviderCost,
  QuarantinedEvent,
  RelayBacklog,
  RunningOperation,
  UnsyncedCustomer,
  UsedByModel,
} from '@tollgate/metering/postgres'

/** One page of a list; `nextCursor` is null on the last one. */
type Page<Item> = { items: Item[]; nextCursor: string | null }

/** What operators see and change; the router has already checked that the caller is one. */
export type OperatorService = {
  /** What needs an operator's attention. */
  overview(): Promise<Overview>
  /** Usage, sales, provider costs and revenue of the last days (UTC), including today. */
  figures(days: number): Promise<Figures>
  quarantined(page: { cursor?: string | undefined }): Promise<Page<QuarantinedEvent>>
  /** Operations that have been running for longer than usual, and whose holds may be stuck. */
  running(): Promise<RunningOperation[]>
  /** Customers whose balance is not reliable until the next sync. */
  unsynced(): Promise<UnsyncedCustomer[]>
  /** The result of the last comparison with the backend; null before the first. */
  drift(): DriftFound | null
  /** The outcomes of calls that were not charged, since this server started. */
  refusals(): RefusalCounts
  /** Finds a customer by operation id, customer id or e-mail address; null when there is none. */
  find(text: string): Promise<FoundCustomer | null>
  customer(customerId: string, cursor?: string): Promise<CustomerStory>
  operation(operationId: string): Promise<OperationStory | null>
  changes(page: {
    cursor?: string | undefined
    customerId?: string | undefined
  }): Promise<Page<OperatorChange>>
  operators(): Promise<OperatorRow[]>
  /** Each change is recorded with its author, in the same statement when both are in one database. False when nothing changed. */
  release(operationId: string, author: ChangeAuthor): Promise<boolean>
  quarantine(transactionId: string, author: ChangeAuthor): Promise<boolean>
  replay(transactionId: string, author: ChangeAuthor): Promise<boolean>
  accept(event: { transactionId: string; amount: number }, author: ChangeAuthor): Promise<boolean>
  redeliver(transactionId: string, author: ChangeAuthor): Promise<boolean>
}

export type Overview = {
  backlog: RelayBacklog
  running: number
  unsynced: number
  /** Null before the first comparison. */
  drifted: number | null
}

/** What one procedure used with one model on one day, its cost to us, and the price of its credits. */
export type UseOfDay = UsedByModel & {
  /** At the price of the cheapest top-up of each meter; null when a meter has none. */
  valueMicros: number | null
}

/** Payments of one day, in minor units of a currency. */
export type RevenueOfDay = {
  day: string
  currency: string
  reason: string
  paid: number
  refunded: number
  payments: number
}

export type Figures = {
  from: string
  until: string
  used: UseOfDay[]
  sold: GrantedPerDay[]
  /** Null when the backend cannot list payments, or does not answer. */
  revenue: RevenueOfDay[] | null
  /** Whether there are more payments than were read. */
  revenueIsPartial: boolean
}

export type DriftFound = {
  checkedAt: string
  total: number
  /** The first of `total`. */
  events: {
    kind: 'missing_at_backend' | 'missing_in_metering' | 'different'
    transactionId: string
    customerId: string
    meter: string | null
    meteringAmount: number | null
    backendAmount: number | null
    occurredAt: string
  }[]
}

export type RefusalCounts = {
  since: string
  counts: { procedure: string; outcome: string; count: number; lastAt: string }[]
}

export type FoundCustomer = { customerId: string; operationId: string | null }

export type CustomerStory = {
  customerId: string
  /** The account or organization that pays with this customer; null when it no longer has one. */
  owner: { name: string; email: string; kind: 'account' | 'guest' | 'organization' } | null
  plan: string | null
  syncedAt: string | null
  balances: BalanceUpdate[]
  ledger: Page<LedgerItem>
}

/** One operation, from its hold to the backend's record. */
export type OperationStory = {
  operationId: string
  customerId: string
  procedure: string
  state: 'executing' | 'settled' | 'voided' | 'expired'
  attempt: number
  createdAt: string
  startedAt: string
  endedAt: string | null
  leaseUntil: string
  holds: {
    meter: string
    amount: number
    charged: number | null
    balanceAfter: number | null
  }[]
  /** What was paid to providers for it, by attempt and model; empty when unknown. */
  providerCosts: (ProviderCost & { attempt: number })[]
  /** What the backend has not acknowledged. */
  undelivered: {
    transactionId: string | null
    meter: string
    amount: number
    state: 'pending' | 'quarantined'
    deliveries: number
    reason: string | null
  }[]
  /** What the backend has recorded; null when the backend cannot list it. */
  recorded: { transactionId: string; meter: string | null; amount: number; at: string }[] | null
  /** The signed receipt; null while the operation is undecided, and when it cost nothing. */
  signedReceipt: string | null
}

/** An account that became an operator, or stopped being one. */
export type OperatorRow = {
  userId: string
  email: string
  change: 'added' | 'removed'
  changedBy: string
  reason: string
  changedAt: string
}
