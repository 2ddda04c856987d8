import type { CustomerBilling, FeatureSlug, MeterSlug } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { MeteringError } from '../metering-error.ts'
import type { PlaceAnswer } from '../store/place-holds.ts'
import { readCustomer } from '../store/read-customer.ts'

/** 402 with what is needed, what is there, when it renews and where to go. */
export async function exhausted(
  context: MeteringContext,
  short: { customerId: string; meter: MeterSlug; required: number; available: number },
): Promise<MeteringError> {
  const billing = await readBilling(context, short.customerId)
  const resetsAt = billing?.subscription?.periodEnd ?? null
  const { upgradeUrl, actions } = context.wayOut({ meter: short.meter, billing, resetsAt })
  return new MeteringError({
    kind: 'exhausted',
    error: 'insufficient_credits',
    message: `This needs ${short.required} of ${short.meter}, and ${short.available} are left.`,
    meter: short.meter,
    required: short.required,
    availableBalance: short.available,
    upgradeUrl,
    resetsAt,
    actions,
    charged: false,
  })
}

/** 402: the customer's own cap for the month; the credits may well be there. */
export function spendCapReached(
  context: MeteringContext,
  capped: Extract<PlaceAnswer, { outcome: 'capped' }>,
): MeteringError {
  const { meter, required, cap, left } = capped
  const resetsAt = new Date(capped.renewsAt).toISOString()
  const { actions } = context.wayOut({ meter, billing: null, resetsAt, capped: true })
  return new MeteringError({
    kind: 'spend_cap',
    message: `This needs ${required} of ${meter}, and ${left} are left of the ${cap} you allowed for this month.`,
    meter,
    required,
    cap,
    left,
    resetsAt,
    actions,
    charged: false,
  })
}

/** 403: the plan does not switch this on. */
export async function notInPlan(
  context: MeteringContext,
  missing: { customerId: string; feature: FeatureSlug },
): Promise<MeteringError> {
  const { feature } = missing
  const billing = await readBilling(context, missing.customerId)
  const resetsAt = billing?.subscription?.periodEnd ?? null
  const { upgradeUrl, actions } = context.wayOut({ feature, billing, resetsAt })
  const message = `Your plan does not include ${feature}.`
  return new MeteringError({ kind: 'not_in_plan', message, feature, upgradeUrl, actions })
}

/** The plan makes a refusal more helpful; it is not worth turning it into another one. */
async function readBilling(
  { database, policy, logger }: MeteringContext,
  customerId: string,
): Promise<CustomerBilling | null> {
  try {
    return (await readCustomer(database, customerId, policy)).billing
  } catch (error) {
    logger.warn({ error, customerId }, 'metering: a refusal goes out without the plan')
    return null
  }
}

/** 503: billing cannot answer now. */
export function unavailable(retryAfterMs: number, cause?: unknown): MeteringError {
  return new MeteringError(
    {
      kind: 'billing_unavailable',
      message:
        'Billing cannot be asked right now; nothing was charged. Try again with the same operation key.',
      retryAfterMs,
    },
    { cause },
  )
}

/** 503: whether the charge happened is not known yet. */
export function outcomeUnknown(retryAfterMs: number, cause: unknown): MeteringError {
  return new MeteringError(
    {
      kind: 'outcome_unknown',
      message:
        'Whether this was charged is not known yet. Ask again with the same operation key: it is never charged twice.',
      retryAfterMs,
    },
    { cause },
  )
}

/** 409: the same operation is still running. */
export function inProgress(retryAfterMs: number): MeteringError {
  const message =
    'This operation is still running. Ask again with the same operation key in a moment.'
  return new MeteringError({ kind: 'in_progress', message, retryAfterMs })
}

/** 422: the key was used before with other input. */
export function keyReused(firstSeenAt: string): MeteringError {
  const message =
    'This operation key was used before with other input. Mint a fresh key per intent and keep it across retries only.'
  return new MeteringError({
    kind: 'key_reused',
    message,
    firstSeenAt: new Date(firstSeenAt).toISOString(),
  })
}

/** 412: done and charged, but the stored result is past its keeping time. */
export function resultGone(operationId: string): MeteringError {
  const message =
    'This operation was done and charged earlier, and its result is no longer kept. It was not run again.'
  return new MeteringError({ kind: 'result_gone', message, operationId })
}

/** 409: the hold ran out before the work did; the result is withheld and nothing is charged for it. */
export function holdExpired(): MeteringError {
  const message =
    'The hold of this operation ran out before it was done, so its result was discarded and not charged.'
  return new MeteringError({ kind: 'hold_expired', message, charged: false })
}

/** 500: the operation has brought its process down too often to be tried again. */
export function poisoned(operationId: string): MeteringError {
  return new MeteringError({
    code: 'OPERATION_POISONED',
    message: `Operation ${operationId} ended its process too often and is parked; nothing was charged. Mend the procedure.`,
  })
}
