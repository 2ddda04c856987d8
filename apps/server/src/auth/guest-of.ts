import { type BillingCustomer, customerId } from '@tollgate/contract'
import { z } from 'zod'

export type Guest = { userId: string; customer: BillingCustomer }

const guestSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isAnonymous: z.literal(true),
  customerId: z.string(),
})

/** The guest of a session; null without a session, or if it is an account's. */
export function guestOf(session: { user: unknown } | null): Guest | null {
  const guest = guestSchema.safeParse(session?.user)
  if (!guest.success) return null
  const { id, name, email } = guest.data
  return { userId: id, customer: { customerId: customerId(guest.data.customerId), name, email } }
}
