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

/** Between two attempts to claim a customer that is claimed elsewhere: shorter than most deliveries take. */
const BUSY_PAUSE_MS = 20
/** Rounds of the relay that an event may wait before a sync takes it along: the relay comes first, and is never kept away. */
const OVERDUE_ROUNDS = 3
/** Of one customer, in one request. */
const SENT_MAX = 500

/**
 * Asks the backend how a customer stands and records it, so that the account is exact: the customer is claimed, no
 * delivery is in flight, what became of every event that was sent is known, and no transaction is open meanwhile. What is
 * not exact is not recorded. Throws what the backend throws, or `MeteringError` `billing_unavailable` when the claim
 * was not to be had in time.
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

/** Claims a customer for a talk with the backend; repeatable with the same token. */
export function claimFor(
  context: MeteringContext,
  wanted: { customer: BillingCustomer; since: string | null; token: string },
): Promise<ClaimResult> {
  const { claimMs } = context.policy
  const bounds = { claimMs, overdueMs: OVERDUE_ROUNDS * context.policy.relayMs, limit: SENT_MAX }
  const ask = () => claimCustomer(context.database, { ...wanted, ...bounds })
  return retryIdempotent(context, ask, isRetryable)
}

/** A claim that was taken. */
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
    // Retried safely: no event is delivered without a newer claim, so the same reading is still exact.
    const isApplied = await retryIdempotent(
      context,
      () =>
        callForCustomer<boolean>(database, 'apply_sync', [
          customerId,
          claim.fence,
          // What we know is as old as the question.
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
 * An event that was sent and not answered for may be in the balance already. Sending it once more is how to find out: the
 * backend stores an id once and says what it stored. As long as one is open, no balance can be believed.
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
 * Whether an event is no longer in doubt: the backend has it, or it is quarantined. A refusal answers its own delivery and
 * says nothing of one before it, which may have arrived.
 */
function isAnswered({ unanswered }: DeliveryRow, answer: RecordResult): boolean {
  return (
    answer === 'delivered' || answer === 'quarantined' || (answer === 'refused' && unanswered === 1)
  )
}

/** Every meter of the catalog, so that one the plan does not know stands at zero rather than being unknown. */
function syncedMeters(catalog: Catalog, billing: CustomerBilling) {
  return Object.keys(catalog.meters).map((meter) => {
    const standing = billing.meters.find((candidate) => candidate.meter === meter)
    return {
      meter,
      available: standing?.available ?? 0,
      granted: standing?.granted ?? 0,
      breakdown: standing?.breakdown ?? [],
      unlimited: isUnlimited(meter, billing.features),
      // The routines of the version before read it.
      softLimit: false,
    }
  })
}
