import { type BillingCustomer, customerId } from '@tollgate/contract'
import { z } from 'zod'
import type { Auth } from './create-auth.ts'

const payer = z.object({ customerId: z.string(), isAnonymous: z.boolean().nullish() })

/** Who is calling: the customer that pays, and whether it is a guest; null when nobody is signed in. */
export async function readCaller(
  auth: Auth,
  headers: Headers,
): Promise<{ customer: BillingCustomer; isGuest: boolean } | null> {
  const session = await auth.api.getSession({ headers })
  if (!session) return null
  const { user } = session
  const { customerId: id, isAnonymous } = payer.parse(user)
  return {
    customer: { customerId: customerId(id), name: user.name, email: user.email },
    isGuest: isAnonymous === true,
  }
}
