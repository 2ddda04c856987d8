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
/** Long enough to notice a card that has expired and to bring another one. */
const GRACE_DAYS = 7

/** What a ledger is made of. */
export type LedgerOptions = {
  database: Database
  /** Where the hosted checkout pages are reached, without a trailing slash. */
  checkoutBaseUrl: string
  /** Origins a checkout may return to; any loopback address when left out. */
  allowedReturnOrigins?: readonly string[] | undefined
  /** Who takes the money; test payments when left out, which are refused in production. */
  payments?: PaymentProvider | undefined
  production?: boolean
  strictReplays?: boolean
  /** How many days an unpaid plan stays in force before it ends to the free one; a week when left out. */
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
    // The backend's own pages are always allowed: the console sends people to a checkout and back.
    isAllowedReturn: allowedReturns(
      options.allowedReturnOrigins && [...options.allowedReturnOrigins, checkoutBaseUrl],
    ),
    gracePeriodMs: (options.gracePeriodDays ?? GRACE_DAYS) * DAY_MS,
    strictReplays: options.strictReplays ?? false,
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
