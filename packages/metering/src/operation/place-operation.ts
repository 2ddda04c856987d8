import { isRetryable } from '@tollgate/database'
import type { MeteringContext } from '../context.ts'
import { digest } from '../keys/digest.ts'
import { fingerprint } from '../keys/fingerprint.ts'
import { operationKeyOf } from '../keys/operation-key.ts'
import type { BilledCall } from '../metering.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import type { PlaceResult, PlaceElement } from '../store/batch-element.ts'
import { checkCall } from './check-call.ts'
import { placeRefusal } from './place-refusal.ts'
import { billingUnavailable } from './refusals.ts'
import { subjectsText } from './subject-text.ts'

/** A placed hold and its fence. */
export type Placed = Extract<PlaceResult, { outcome: 'placed' }>
/** What an earlier call with the same key left. */
export type Replay = Extract<PlaceResult, { outcome: 'replay' }>

/**
 * Places the hold of a call, or finds the result of an earlier one. Reads the backend before it refuses a call or holds less than
 * requested, so that a top-up or an upgrade takes effect immediately. Throws `MeteringError`.
 */
export async function placeOperation(
  context: MeteringContext,
  call: BilledCall,
): Promise<Placed | Replay> {
  checkCall(context.catalog, call)
  const element = await describe(context, call)
  let answer = await place(context, element)
  const least = withLeast(element, call)
  if (answer.outcome === 'limited' || answer.outcome === 'capped') {
    if (least !== element) answer = await place(context, { ...least, limitsOnly: true })
  }
  if (mayChangeBySync(answer)) answer = await placeAfterSync(context, call, least)
  if (answer.outcome === 'placed' || answer.outcome === 'replay') return answer
  throw await placeRefusal(context, call, answer)
}

/** The most syncs per call: one that became doubtful before the hold was placed is repeated. */
const READINGS_MAX = 2

async function placeAfterSync(
  context: MeteringContext,
  { customer }: BilledCall,
  element: PlaceElement,
): Promise<PlaceResult> {
  for (let reading = 1; ; reading += 1) {
    const failure = await context.sync(customer).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    const answer = await place(context, element)
    const isCertain = !failure && !('doubtful' in answer)
    if (isCertain || !mayChangeBySync(answer)) return answer
    // The customer may have bought credits or a plan that we do not know of yet, so nothing uncertain is refused permanently.
    if (failure || reading === READINGS_MAX)
      throw billingUnavailable(context.policy.retryAfterMs, failure?.error)
  }
}

function mayChangeBySync({ outcome }: PlaceResult): boolean {
  return outcome === 'stale' || outcome === 'insufficient' || outcome === 'not_in_plan'
}

async function describe(context: MeteringContext, call: BilledCall): Promise<PlaceElement> {
  const { customer, procedure } = call
  const { customerId } = customer
  return {
    customerId,
    name: customer.name,
    email: customer.email,
    operationId: context.newId(),
    procedure,
    key: operationKeyOf({ customerId, procedure, keyHash: digest(call.key) }),
    fingerprint: await fingerprint(procedure, call.input),
    feature: call.feature ?? null,
    subjects: subjectsText(call.subjects),
    leaseMs: context.policy.leaseMs,
    deadlineMs: call.deadlineMs ?? context.policy.deadlineMs,
    charges: call.charges.map(({ meter, hold }) => ({ meter, hold })),
  }
}

/** Allows the call to hold less than requested; used only after the full hold was refused, so that a top-up is seen first. */
function withLeast(element: PlaceElement, { charges }: BilledCall): PlaceElement {
  if (charges.every(({ least }) => least === undefined)) return element
  return {
    ...element,
    charges: charges.map(({ meter, hold, least }) =>
      least === undefined ? { meter, hold } : { meter, hold, least },
    ),
  }
}

async function place(context: MeteringContext, element: PlaceElement): Promise<PlaceResult> {
  try {
    return await retryIdempotent(context, () => context.batched.place(element), isRetryable)
  } catch (error) {
    throw billingUnavailable(context.policy.retryAfterMs, error)
  }
}
