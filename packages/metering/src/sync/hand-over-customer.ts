import { BillingBackendError, type BillingCustomer } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { billingUnavailable } from '../operation/refusals.ts'
import { deliverRows } from '../relay/deliver-rows.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { ClaimedDelivery } from '../store/claim-deliveries.ts'
import { type Claimed, claimFor, pauseWhileBusy, readClaimed } from './sync-customer.ts'

/** A move must end before its claim does, or a sync would make credits available that are about to be moved. */
const MOVE_SHARE_OF_CLAIM = 0.8
/** A busy customer can settle another operation while the events of the last one are delivered. */
const DELIVERY_ROUNDS_MAX = 5

/** A move of what one customer owns to another. */
export type HandOver = {
  from: BillingCustomer
  to: BillingCustomer
  /** Performs the move at the backend. */
  move(signal: AbortSignal): Promise<void>
}

/** `running`: operations still hold credits. `blocked`: a usage event is quarantined. */
export type HandOverOutcome = 'moved' | 'running' | 'blocked'

/**
 * Moves what one customer owns to another while none of its credits can be spent here: usage is delivered first, the account is frozen
 * under its claim, and afterwards both customers are synced. After a crash at any point, the backend's state applies.
 */
export async function handOverCustomer(
  context: MeteringContext,
  { from, to, move }: HandOver,
): Promise<HandOverOutcome> {
  // Also sets the subscription of events that were admitted without reading the backend, so that they can be delivered.
  await context.sync(from)
  const claim = await claimed(context, from)
  try {
    const outcome = await freeze(context, from, claim)
    if (outcome !== 'frozen') return outcome
    await move(AbortSignal.timeout(context.policy.claimMs * MOVE_SHARE_OF_CLAIM))
  } finally {
    // Reads what is left and releases the claim, whatever the outcome.
    await readClaimed(context, from, claim).catch((error: unknown) => {
      context.logger.warn(
        { error, customerId: from.customerId },
        'billing sync: failed after a move, the next call retries it',
      )
    })
  }
  await context.sync(to)
  return 'moved'
}

async function claimed(context: MeteringContext, customer: BillingCustomer): Promise<Claimed> {
  const deadline = context.clock.now().getTime() + context.policy.syncWaitMs
  const token = context.newId()
  while (context.clock.now().getTime() < deadline) {
    const claim = await claimFor(context, { customer, since: null, token })
    if (claim.outcome === 'claimed') return claim
    await pauseWhileBusy(context)
  }
  throw billingUnavailable(context.policy.retryAfterMs)
}

/** The result of freezing a claimed customer's credits; `pending` lists the events to deliver first. */
type FreezeResult =
  | { outcome: 'frozen' | 'running' | 'blocked' | 'lost' }
  | { outcome: 'pending'; deliveries: ClaimedDelivery[] }

async function freeze(
  context: MeteringContext,
  { customerId }: BillingCustomer,
  { fence }: Claimed,
): Promise<'frozen' | 'running' | 'blocked'> {
  const signal = AbortSignal.timeout(context.policy.syncWaitMs)
  for (let round = 0; round < DELIVERY_ROUNDS_MAX; round++) {
    const frozen = await retryIdempotent(context, () =>
      callForCustomer<FreezeResult>(context.database, 'freeze_customer', [customerId, fence]),
    )
    switch (frozen.outcome) {
      case 'frozen':
      case 'running':
      case 'blocked':
        return frozen.outcome
      case 'lost':
        throw billingUnavailable(context.policy.retryAfterMs)
      case 'pending': {
        const { answers } = await deliverRows(context, frozen.deliveries, {
          signal,
          keepClaim: true,
        })
        if (answers.every((word) => word === 'delivered')) continue
        throw new BillingBackendError('unreachable', 'Usage could not be delivered before a move.')
      }
    }
  }
  return 'running'
}
