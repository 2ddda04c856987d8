import { type Clock, type Logger, silentLogger, systemClock } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { allowedReturns } from './checkout/allowed-returns.ts'
import type { Ledger } from './core/ledger.ts'
import { openLedgerClock } from './core/ledger-clock.ts'
import { type NewId, newId } from './core/new-id.ts'
import type { PaymentProvider } from './core/payment-provider.ts'
import { createTestPayments } from './payments/test-payments.ts'
import { startTimer } from './due/start-timer.ts'

const DAY_MS = 86_400_000
/** Long enough to notice an expired card and replace it. */
const GRACE_DAYS = 7

/** The dependencies and settings of a ledger. */
export type LedgerOptions = {
  database: Database
  /** The base URL of the hosted checkout pages, without a trailing slash. */
  checkoutBaseUrl: string
  /** The product's own page where customers see their plan and invoices; by default there is none. */
  billingPortalUrl?: string | undefined
  /** Origins a checkout may return to; by default any loopback address. */
  allowedReturnOrigins?: readonly string[] | undefined
  /** The payment provider; by default test payments, which production refuses. */
  payments?: PaymentProvider | undefined
  production?: boolean
  /** How many days an unpaid plan stays in force before the free plan replaces it; by default seven. */
  gracePeriodDays?: number | undefined
  clock?: Clock
  newId?: NewId
  logger?: Logger
}

/** Creates a ledger on a migrated database. No background work runs until `start()`. */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { database, checkoutBaseUrl } = options
  const payments =
    options.payments ??
    createTestPayments({ database, checkoutBaseUrl, production: options.production ?? false })
  let timer: ReturnType<typeof startTimer> | undefined
  const ledger: Ledger = {
    database,
    clock: await openLedgerClock(database, options.clock ?? systemClock),
    newId: options.newId ?? newId,
    logger: options.logger ?? silentLogger,
    payments,
    checkoutBaseUrl,
    billingPortalUrl: options.billingPortalUrl ?? null,
    // The backend's own pages are always allowed: the console redirects to a checkout and back.
    isAllowedReturn: allowedReturns(
      options.allowedReturnOrigins && [...options.allowedReturnOrigins, checkoutBaseUrl],
    ),
    gracePeriodMs: (options.gracePeriodDays ?? GRACE_DAYS) * DAY_MS,
    production: options.production ?? false,
    start() {
      timer ??= startTimer(ledger)
    },
    async stop() {
      await timer?.stop()
      timer = undefined
    },
  }
  return ledger
}
