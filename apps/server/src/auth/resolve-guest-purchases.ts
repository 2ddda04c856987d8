import { BillingBackendError, type BillingCustomer } from '@tollgate/contract'
import { MeteringError } from '@tollgate/metering'
import type { Auth } from './create-auth.ts'
import type { Guest } from './guest-of.ts'
import type { GuestPurchases } from './guest-purchases.ts'
import type { SignInRefusal } from './refuse-sign-in.ts'
import { verifyCredentials } from './verify-credentials.ts'

/**
 * Decides what happens to a guest's purchases before its last session ends: signing in moves them to the account, anything else is refused.
 * Null if the session may end. While billing is unreachable the guest stays, because its purchases are unknown.
 */
export async function resolveGuestPurchases(options: {
  auth: Auth
  purchases: GuestPurchases
  guest: Guest
  request: Request
}): Promise<SignInRefusal | null> {
  const { auth, purchases, guest, request } = options
  try {
    if (!(await purchases.exist(guest.customer))) return null
    if (!new URL(request.url).pathname.endsWith('/sign-in/email') || !purchases.move) {
      return { reason: 'guest_has_purchases' }
    }
    const account = await verifyCredentials(auth, request)
    // The library itself refuses wrong credentials, with its usual message.
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
): Promise<SignInRefusal | null> {
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

function refusalOf(error: BillingBackendError): SignInRefusal {
  if (error.code !== 'refused') return { reason: 'billing_unavailable' }
  return { reason: 'cannot_move', message: `${CANNOT_MOVE} ${error.message}` }
}

const CANNOT_MOVE =
  'What this guest owns cannot move to that account right now. Nothing changed, and you are still the guest.'
