import { type CustomerBilling, type LimitSubject, operationId } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { BilledCall } from '../metering.ts'
import type { MeteringError } from '../metering-error.ts'
import type { PlaceResult } from '../store/batch-element.ts'
import { readCustomer } from '../store/read-customer.ts'
import { readLimits } from '../store/spend-limits.ts'
import { poisoned } from './faults.ts'
import { limitReached } from './limit-reached.ts'
import {
  billingUnavailable,
  insufficientCredits,
  inProgress,
  keyReused,
  notInPlan,
  resultGone,
} from './refusals.ts'
import { parseSubject } from './subject-text.ts'

/** Why a call was refused, with all actions that its caller can take. */
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
    case 'capped':
      return limitReached(context, {
        ...answer,
        subject: CUSTOMER,
        amount: answer.cap,
        resetsAt: new Date(answer.renewsAt).toISOString(),
      })
    case 'limited':
      return limitReached(context, {
        ...answer,
        subject: parseSubject(answer.subject),
        resetsAt: answer.renewsAt && new Date(answer.renewsAt).toISOString(),
      })
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
 * Why the credits did not cover the first piece of a stream, whose hold has been released. Like every refusal it is certain: the backend
 * is read first, and if the credits are there by now, the caller is asked to retry.
 */
export async function firstPieceRefusal(
  context: MeteringContext,
  { customer, subjects = [] }: BilledCall,
  { meter, required }: { meter: string; required: number },
): Promise<MeteringError> {
  const { database, policy } = context
  const { customerId } = customer
  try {
    await context.sync(customer)
    // It may have become doubtful since, however recent it is.
    const { staleAfterMs } = policy
    const bounds = { staleAfterMs, freshForMs: staleAfterMs }
    const { accounts, billing, due } = await readCustomer(database, customerId, bounds)
    const account = accounts.find((one) => one.meter === meter)
    if (!account || due) return billingUnavailable(policy.retryAfterMs)
    const limits = await Promise.all(
      [CUSTOMER, ...subjects].map((subject) => readLimits(database, customerId, subject)),
    )
    const reached = limits.flat().find((one) => one.meter === meter && one.left < required)
    if (reached) return limitReached(context, { ...reached, required })
    const available = Math.max(0, account.syncedBalance - account.unsynced - account.held)
    const covers = account.unlimited || available >= required
    if (covers) return billingUnavailable(policy.retryAfterMs)
    return insufficientCredits(context, { billing, meter, required, available })
  } catch (error) {
    return billingUnavailable(policy.retryAfterMs, error)
  }
}

const CUSTOMER: LimitSubject = { kind: 'customer' }

/** The plan only makes a refusal more helpful, so failing to read it must not replace the refusal. */
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
