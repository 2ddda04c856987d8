import {
  BillingBackendError,
  type BillingCustomer,
  type Catalog,
  type CustomerBilling,
  isUnlimited,
} from '@tollgate/contract'
import { isRetryable } from '@tollgate/database'
import type { MeteringContext } from '../context.ts'
import { MeteringError } from '../metering-error.ts'
import { deliverRows } from '../relay/deliver-rows.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import { callForCustomer } from '../store/call-routine.ts'
import { type ClaimResult, claimCustomer, type DeliveryRow } from '../store/claim-customer.ts'
import type { RecordResult } from '../store/record-deliveries.ts'

/** Between attempts to claim a customer that is claimed elsewhere; shorter than most deliveries. */
const BUSY_PAUSE_MS = 20
/** Relay rounds that an event may wait before a sync sends it: the relay has precedence and is never starved. */
const OVERDUE_ROUNDS = 3
/** The most events of one customer in one request. */
const SENT_MAX = 500

/**
 * Reads a customer from the backend and records an exact balance: the customer is claimed, no delivery is in flight, the outcome of every
 * sent event is known, and no transaction is open meanwhile. An inexact balance is not recorded. Throws what the backend throws, or
 * `MeteringError` `billing_unavailable` when the customer could not be claimed in time.
 */
export async function syncCustomer(
  context: MeteringContext,
  customer: BillingCustomer,
): Promise<void> {
  const { clock, policy } = context
  const deadline = clock.now().getTime() + policy.syncWaitMs
  const token = context.newId()
  let since: string | null = null
  while (clock.now().getTime() < deadline) {
    const claim = await claimFor(context, { customer, since, token })
    if (claim.outcome === 'fresh') return
    if (claim.outcome === 'claimed' && (await readClaimed(context, customer, claim))) return
    since ??= claim.now
    await pauseWhileBusy(context)
  }
  throw new MeteringError({
    kind: 'billing_unavailable',
    message:
      'The balance is being read elsewhere and did not arrive in time. Try again in a second.',
    retryAfterMs: policy.retryAfterMs,
  })
}

/** Waits a moment before the next attempt to claim a customer that is claimed elsewhere. */
export function pauseWhileBusy(context: MeteringContext): Promise<void> {
  return context.sleep(BUSY_PAUSE_MS * (0.5 + Math.random()))
}

/** Claims a customer for an exchange with the backend; idempotent per token. */
export function claimFor(
  context: MeteringContext,
  wanted: { customer: BillingCustomer; since: string | null; token: string },
): Promise<ClaimResult> {
  const { claimMs } = context.policy
  const bounds = { claimMs, overdueMs: OVERDUE_ROUNDS * context.policy.relayMs, limit: SENT_MAX }
  const ask = () => claimCustomer(context.database, { ...wanted, ...bounds })
  return retryIdempotent(context, ask, isRetryable)
}

/** A successful claim. */
export type Claimed = Extract<ClaimResult, { outcome: 'claimed' }>

/** Reads a claimed customer from the backend, applies what it says and releases the claim; false when the claim was lost. */
export async function readClaimed(
  context: MeteringContext,
  customer: BillingCustomer,
  claim: Claimed,
): Promise<boolean> {
  const { database, backend, policy } = context
  const { customerId } = customer
  const signal = AbortSignal.timeout(policy.syncWaitMs)
  try {
    await resolveDoubts(context, claim, signal)
    const billing = await backend.readCustomer(customer, { signal })
    // Safe to retry: no event is delivered without a newer claim, so the balance is still exact.
    const isApplied = await retryIdempotent(
      context,
      () =>
        callForCustomer<boolean>(database, 'apply_sync', [
          customerId,
          claim.fence,
          // The balance is as old as the request for it.
          claim.now,
          JSON.stringify(billing),
          JSON.stringify(syncedMeters(context.catalog, billing)),
        ]),
      isRetryable,
    )
    context.notifier.changed(customerId)
    return isApplied
  } catch (error) {
    await retryIdempotent(context, () =>
      callForCustomer(database, 'release_claim', [customerId, claim.fence]),
    ).catch((cause: unknown) => {
      context.logger.warn(
        { error: cause, customerId },
        'billing sync: claim not released, it expires by itself',
      )
    })
    throw error
  }
}

/**
 * An unacknowledged event may or may not be in the balance already. Sending it again finds out: the backend stores each id once and
 * returns what it stored. Until all are resolved, the balance cannot be trusted.
 */
async function resolveDoubts(
  context: MeteringContext,
  { unanswered, fence }: Claimed,
  signal: AbortSignal,
): Promise<void> {
  if (unanswered.length === 0) return
  const rows = unanswered.map((row) => ({ ...row, fence }))
  const { answers } = await deliverRows(context, rows, { signal, keepClaim: true })
  const open = unanswered.filter((row, index) => !isAnswered(row, answers[index] ?? 'ignored'))
  if (open.length === 0) return
  throw new BillingBackendError(
    'unreachable',
    `The backend has not said whether it has ${open.length} usage events, among them that of operation ${open[0]?.operationId}; the balance cannot be read until it does.`,
  )
}

/**
 * Whether the outcome of an event is known: the backend has it, or it is quarantined. A refusal answers only its own delivery; an earlier
 * one may have arrived.
 */
function isAnswered({ unanswered }: DeliveryRow, answer: RecordResult): boolean {
  return (
    answer === 'delivered' || answer === 'quarantined' || (answer === 'refused' && unanswered === 1)
  )
}

/** Every meter of the catalog, so that one missing from the plan is zero rather than unknown. */
function syncedMeters(catalog: Catalog, billing: CustomerBilling) {
  return Object.keys(catalog.meters).map((meter) => {
    const standing = billing.meters.find((candidate) => candidate.meter === meter)
    return {
      meter,
      available: standing?.available ?? 0,
      granted: standing?.granted ?? 0,
      breakdown: standing?.breakdown ?? [],
      unlimited: isUnlimited(meter, billing.features),
      // The routines of the previous version read it.
      softLimit: false,
    }
  })
}
