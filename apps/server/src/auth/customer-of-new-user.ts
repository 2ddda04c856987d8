import type { GenericEndpointContext } from 'better-auth'
import { getSessionFromCtx } from 'better-auth/api'
import { guestOf } from './guest-of.ts'
import { newCustomerId } from './new-customer-id.ts'

/**
 * The customer of a user about to be created: the guest's who signs up, otherwise a new one. Runs inside the transaction that creates
 * the user, so that a crash leaves either the guest or the account with the customer, never neither. Of several sign-ups at once the
 * first takes the customer: the others find the guest's row gone.
 */
export async function customerOfNewUser(ctx: GenericEndpointContext | null): Promise<string> {
  if (ctx?.path !== '/sign-up/email') return newCustomerId()
  const guest = guestOf(await getSessionFromCtx(ctx, { disableRefresh: true }))
  if (!guest) return newCustomerId()
  const { internalAdapter } = ctx.context
  const given = await internalAdapter.updateUser(guest.userId, { customerId: newCustomerId() })
  if (!given) return newCustomerId()
  await internalAdapter.deleteUser(guest.userId)
  return guest.customer.customerId
}
