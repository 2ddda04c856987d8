import { type CustomerBilling, operationId } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { BilledCall } from '../metering.ts'
import type { MeteringError } from '../metering-error.ts'
import type { PlaceResult } from '../store/batch-element.ts'
import { readCustomer } from '../store/read-customer.ts'
import { readSpendCaps } from '../store/spend-caps.ts'
import { poisoned } from './faults.ts'
import {
  billingUnavailable,
  insufficientCredits,
  inProgress,
  keyReused,
  notInPlan,
  resultGone,
  spendCapReached,
} from './refusals.ts'

/** Why a call was not let in, with all that its caller can do about it. */
export async function placeRefusal(
  context: MeteringContext,
  { customer: { customerId }, feature }: BilledCall,
  answer: Exclude<PlaceResult, { outcome: 'placed' | 'replay' }>,
): Promise<MeteringError> {
  const { retryAfterMs } = context.policy
  switch (answer.outcome) {
    case 'insufficient': {
      const billing = await readBilling(context, customerId)
      return insufficientCredits(context, { billing, ...answer })
    }
    case 'capped': {
      const resetsAt = new Date(answer.renewsAt).toISOString()
      return spendCapReached(context, { ...answer, resetsAt })
    }
    case 'not_in_plan':
      return feature
        ? notInPlan(context, { billing: await readBilling(context, customerId), feature })
        : billingUnavailable(retryAfterMs)
    case 'key_reused':
      return keyReused(answer.firstSeenAt)
    case 'in_progress':
      return inProgress(retryAfterMs)
    case 'result_gone':
      return resultGone(operationId(answer.operationId))
    case 'poisoned':
      return poisoned(answer.operationId)
    case 'stale':
      return billingUnavailable(retryAfterMs)
  }
}

/**
 * Why the first piece of a stream could not be paid for, now that its hold has been released. Like every refusal it is
 * certain: the backend is asked first, and credits that are there by now are a reason to try again.
 */
export async function firstPieceRefusal(
  context: MeteringContext,
  { customer }: BilledCall,
  { meter, required }: { meter: string; required: number },
): Promise<MeteringError> {
  const { database, policy } = context
  const { customerId } = customer
  try {
    await context.sync(customer)
    const { accounts, billing } = await readCustomer(database, customerId, policy)
    const account = accounts.find((one) => one.meter === meter)
    if (!account) return billingUnavailable(policy.retryAfterMs)
    const cap = (await readSpendCaps(database, customerId)).find((one) => one.meter === meter)
    const left = cap ? Math.max(0, cap.cap - cap.spent - account.held) : required
    if (cap && left < required) return spendCapReached(context, { ...cap, required, left })
    const available = Math.max(0, account.syncedBalance - account.unsynced - account.held)
    const covers = account.unlimited || available >= required
    if (covers) return billingUnavailable(policy.retryAfterMs)
    return insufficientCredits(context, { billing, meter, required, available })
  } catch (error) {
    return billingUnavailable(policy.retryAfterMs, error)
  }
}

/** The plan makes a refusal more helpful; it is not worth turning it into another one. */
async function readBilling(
  { database, policy, logger }: MeteringContext,
  customerId: string,
): Promise<CustomerBilling | null> {
  try {
    return (await readCustomer(database, customerId, policy)).billing
  } catch (error) {
    logger.warn({ error, customerId }, 'refusal: plan not read, sent without it')
    return null
  }
}
