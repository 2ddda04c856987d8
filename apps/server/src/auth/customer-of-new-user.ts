import type { GenericEndpointContext } from 'better-auth'
import { getSessionFromCtx } from 'better-auth/api'
import { guestOf } from './guest-of.ts'
import { newCustomerId } from './new-customer-id.ts'

/**
 * The customer of a user about to be created: that of the guest who signs up, otherwise a new one. Runs in the transaction that creates the
 * user, so that after a crash the customer belongs to either the guest or the account. Of concurrent sign-ups the first takes the customer;
 * the others find the guest's row gone.
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
