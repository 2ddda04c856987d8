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

/** What operators see and change; the router in front of it has checked that it is one who asks. */
export type OperatorService = {
  /** What waits for an operator. */
  overview(): Promise<Overview>
  /** What was sold, used, earned and paid for in the last days (UTC), today among them. */
  figures(days: number): Promise<Figures>
  quarantined(page: { cursor?: string | undefined }): Promise<Page<QuarantinedEvent>>
  /** Operations that have been running for longer than calls do, and whose holds may be stuck. */
  running(): Promise<RunningOperation[]>
  /** Customers whose balance cannot be trusted until the backend is read again. */
  unsynced(): Promise<UnsyncedCustomer[]>
  /** What the last comparison with the backend found; null before the first. */
  drift(): DriftFound | null
  /** How calls ended that were not charged, since this server started. */
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
  /** Each change is recorded with its author, in the same statement where one database makes it. False when nothing changed. */
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

/** What one procedure used with one model on one day, what it cost us, and what its credits sell for. */
export type UseOfDay = UsedByModel & {
  /** At the price of the cheapest top-up of each meter; null where one has none. */
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
  /** Null where the backend cannot list payments, or does not answer. */
  revenue: RevenueOfDay[] | null
  /** Whether there are more payments than were read. */
  revenueIsPartial: boolean
}

export type DriftFound = {
  checkedAt: string
  total: number
  /** The first of them. */
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
  /** The account or organization that pays with this customer; null for one that has none any more. */
  owner: { name: string; email: string; kind: 'account' | 'guest' | 'organization' } | null
  plan: string | null
  syncedAt: string | null
  balances: BalanceUpdate[]
  ledger: Page<LedgerItem>
}

/** One operation from its hold to the backend's entry. */
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
  /** What providers were paid for it, by attempt and model; empty where nothing is known. */
  providerCosts: (ProviderCost & { attempt: number })[]
  /** What the backend has not confirmed. */
  undelivered: {
    transactionId: string | null
    meter: string
    amount: number
    state: 'pending' | 'quarantined'
    deliveries: number
    reason: string | null
  }[]
  /** What the backend has recorded; null where it cannot be asked. */
  recorded: { transactionId: string; meter: string | null; amount: number; at: string }[] | null
  /** The signed receipt; null while nothing is decided, and for what cost nothing. */
  signedReceipt: string | null
}

/** An account that became an operator, or ceased to be one. */
export type OperatorRow = {
  userId: string
  email: string
  change: 'added' | 'removed'
  changedBy: string
  reason: string
  changedAt: string
}
