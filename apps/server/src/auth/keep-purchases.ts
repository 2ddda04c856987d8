import { BillingBackendError, type BillingCustomer } from '@tollgate/contract'
import { MeteringError } from '@tollgate/metering'
import type { Auth } from './create-auth.ts'
import type { Guest } from './guest-of.ts'
import type { GuestPurchases } from './guest-purchases.ts'
import type { Refusal } from './refuse-sign-in.ts'
import { verifyCredentials } from './verify-credentials.ts'

/**
 * Sees to a guest's purchases before its last session ends: on the way into an account they move there, otherwise ending the session
 * is refused. Null when it may end. What is not known is not given away: while billing is out of reach the guest stays.
 */
export async function keepPurchases(options: {
  auth: Auth
  purchases: GuestPurchases
  guest: Guest
  request: Request
}): Promise<Refusal | null> {
  const { auth, purchases, guest, request } = options
  try {
    if (!(await purchases.exist(guest.customer))) return null
    if (!new URL(request.url).pathname.endsWith('/sign-in/email') || !purchases.move) {
      return { reason: 'guest_has_purchases' }
    }
    const account = await verifyCredentials(auth, request)
    // The library refuses wrong credentials itself, in the same words as always.
    return account && (await moveTo(account, guest, purchases.move))
  } catch (error) {
    if (error instanceof BillingBackendError) return refusalOf(error)
    if (error instanceof MeteringError) return { reason: 'billing_unavailable' }
    throw error
  }
}

async function moveTo(
  account: BillingCustomer,
  { customer }: Guest,
  move: NonNullable<GuestPurchases['move']>,
): Promise<Refusal | null> {
  const outcome = await move(customer, account)
  switch (outcome) {
    case 'moved':
      return null
    case 'running':
      return { reason: 'operations_running' }
    case 'blocked':
      return { reason: 'billing_unavailable' }
  }
}

function refusalOf(error: BillingBackendError): Refusal {
  if (error.code !== 'refused') return { reason: 'billing_unavailable' }
  return { reason: 'cannot_move', message: error.message }
}
