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

/** A hold that was placed, and under which fence. */
export type Placed = Extract<PlaceResult, { outcome: 'placed' }>
/** What an earlier call with the same key left. */
export type Replay = Extract<PlaceResult, { outcome: 'replay' }>

/**
 * Places the hold of a call or finds what an earlier one left. Asks the backend before it refuses a call, so that a
 * top-up or an upgrade is usable at once, and before it begins with less than it wants. Throws `MeteringError`.
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

/** A reading that became doubtful before the call was placed is made anew, this often in all. */
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
    // Credits or a plan may have been bought without our knowing: only what is certain is refused for good.
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

/** What a call begins with when there is not as much as it wants; only then, so that a top-up is seen first. */
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
