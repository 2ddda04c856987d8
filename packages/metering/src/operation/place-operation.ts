import { type OperationKey, operationId } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { canonicalJson } from '../keys/canonical-json.ts'
import { deriveTransactionId } from '../keys/derive-transaction-id.ts'
import { digest } from '../keys/digest.ts'
import type { BilledCall, StoredAnswer } from '../metering.ts'
import type { MeteringError } from '../metering-error.ts'
import { askUntilKnown } from '../store/ask-until-known.ts'
import { mayEndOtherwise } from '../store/is-transport-error.ts'
import type { PlaceAnswer, PlaceElement } from '../store/place-holds.ts'
import { checkCall } from './check-call.ts'
import {
  exhausted,
  inProgress,
  keyReused,
  notInPlan,
  poisoned,
  resultGone,
  spendCapReached,
  unavailable,
} from './refusals.ts'
import { readStoredAnswer } from './stored-answer.ts'

/** A hold that was placed, and under which fence. */
export type Placed = Extract<PlaceAnswer, { outcome: 'placed' }>

/**
 * Places the hold of a call or finds what an earlier one left. Asks the backend before it refuses anybody, once, so that a
 * top-up or an upgrade is usable at once. Throws `MeteringError`.
 */
export async function placeOperation(
  context: MeteringContext & { sync: (customer: BilledCall['customer']) => Promise<void> },
  call: BilledCall,
): Promise<{ placed: Placed } | { stored: StoredAnswer }> {
  checkCall(call)
  const element = describe(context, call)
  let answer = await place(context, element)
  if (mayChangeBySync(answer)) {
    const failure = await context.sync(call.customer).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    answer = await place(context, element)
    if (failure && mayChangeBySync(answer)) {
      // Credits or a plan may have been bought that nobody could tell us of: only what is certain is refused for good.
      if (answer.outcome !== 'stale') throw unavailable(context.policy.retryAfterMs, failure.error)
      answer = await placeOpen(context, { call, element, cause: failure.error })
    }
  }
  if (answer.outcome === 'placed') return { placed: answer }
  if (answer.outcome === 'replay') return { stored: readStoredAnswer(answer) }
  throw await refusalOf(context, call, answer)
}

function mayChangeBySync({ outcome }: PlaceAnswer): boolean {
  return outcome === 'stale' || outcome === 'insufficient' || outcome === 'not_in_plan'
}

/** The digest under which a key is remembered. */
export function hashKey(key: OperationKey): string {
  return digest(key)
}

function describe(context: MeteringContext, call: BilledCall): PlaceElement {
  const id = context.newId()
  const { customer, charges, policy } = { ...call, policy: context.policy }
  return {
    ...customer,
    operationId: id,
    procedure: call.procedure,
    keyHash: hashKey(call.key),
    fingerprint: digest(`${call.procedure}\n${canonicalJson(call.input)}`),
    attemptToken: context.newId(),
    feature: call.feature ?? null,
    leaseMs: policy.leaseMs,
    deadlineMs: call.deadlineMs ?? policy.deadlineMs,
    openLimit: null,
    charges: charges.map(({ meter, hold }) => ({
      meter,
      hold,
      transactionId: deriveTransactionId(context.secret, { operationId: id, meter }),
    })),
  }
}

async function place(context: MeteringContext, element: PlaceElement): Promise<PlaceAnswer> {
  try {
    return await askUntilKnown(context, () => context.gathered.place(element), mayEndOtherwise)
  } catch (error) {
    throw unavailable(context.policy.retryAfterMs, error)
  }
}

/** The backend is away and what we know is too old: a procedure may have said that it lets a bounded amount through. */
async function placeOpen(
  context: MeteringContext,
  stuck: { call: BilledCall; element: PlaceElement; cause: unknown },
): Promise<PlaceAnswer> {
  const { whenUnavailable = 'closed', procedure, customer } = stuck.call
  const refusal = unavailable(context.policy.retryAfterMs, stuck.cause)
  if (whenUnavailable === 'closed') throw refusal
  const openLimit = whenUnavailable.open.maxCreditsPerCustomer
  const answer = await place(context, { ...stuck.element, openLimit })
  if (mayChangeBySync(answer)) throw refusal
  context.logger.warn(
    { procedure, customerId: customer.customerId, outcome: answer.outcome },
    'metering: let through while billing cannot be asked',
  )
  return answer
}

async function refusalOf(
  context: MeteringContext,
  call: BilledCall,
  answer: Exclude<PlaceAnswer, { outcome: 'placed' | 'replay' }>,
): Promise<MeteringError> {
  const { customerId } = call.customer
  switch (answer.outcome) {
    case 'insufficient':
      return exhausted(context, { customerId, ...answer })
    case 'capped':
      return spendCapReached(context, answer)
    case 'not_in_plan':
      return call.feature
        ? notInPlan(context, { customerId, feature: call.feature })
        : unavailable(context.policy.retryAfterMs)
    case 'key_reused':
      return keyReused(answer.firstSeenAt)
    case 'in_progress':
      return inProgress(context.policy.retryAfterMs)
    case 'result_gone':
      return resultGone(operationId(answer.operationId))
    case 'poisoned':
      return poisoned(answer.operationId)
    case 'stale':
      return unavailable(context.policy.retryAfterMs)
  }
}
