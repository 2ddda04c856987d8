import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { LedgerClock } from './ledger-clock.ts'
import type { NewId } from './new-id.ts'
import type { PaymentProvider } from './payment-provider.ts'

/** The core of the self-hosted billing backend: its database and its external dependencies. */
export type Ledger = {
  database: Database
  clock: LedgerClock
  newId: NewId
  logger: Logger
  payments: PaymentProvider
  /** The base URL of the hosted checkout pages, without a trailing slash. */
  checkoutBaseUrl: string
  /** The product's own page where customers see their plan and invoices; the console is for operators only. */
  billingPortalUrl: string | null
  /** Whether a checkout may redirect to this address afterwards. */
  isAllowedReturn(url: string): boolean
  /** How long an unpaid plan stays in force. */
  gracePeriodMs: number
  /** In production, dev controls (the clock, faults, the console) and test payments are off. */
  production: boolean
  /** Starts background work: ending periods, pending payments and webhooks. */
  start(): void
  /** Stops background work and waits for what is in flight. */
  stop(): Promise<void>
}
