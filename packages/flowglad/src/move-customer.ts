import type { BillingCustomer, CallOptions } from '@tollgate/contract'
import type { SelfHostedContext } from './flowglad-context.ts'
import { createCustomer } from './read-customer.ts'
import { whenNotFound } from './when-not-found.ts'

/** Moves what a customer owns to another one, which is created if necessary; once per key. */
export async function moveCustomer(
  flowglad: SelfHostedContext,
  move: { from: BillingCustomer; to: BillingCustomer; idempotencyKey: string },
  call?: CallOptions,
): Promise<void> {
  const { from, to, idempotencyKey } = move
  await createCustomer(flowglad, to, call)
  const path = `/api/v1/customers/${encodeURIComponent(from.customerId)}/move`
  const body = { move: { toExternalId: to.customerId, idempotencyKey } }
  await flowglad.connection
    .change('moving a customer', (limits) => flowglad.api.post(path, { ...limits, body }), call)
    // The target exists by now, so it is the source that the backend does not know: it owns nothing.
    .catch(whenNotFound(() => {}))
}
