import type { Balance } from '@tollgate/contract'

/** A checkout in progress: enough to know, on return, whether its credits have arrived. */
export type PendingCheckout = {
  path: string
  planSlug: string | null
  granted: Record<string, number>
  /** Its purpose, if nothing is bought. */
  purpose?: 'open_invoice' | 'payment_method'
}

const STORED = 'tollgate:checkout'

/** Records the balance and plan before the user leaves for a checkout. */
export function rememberCheckout(pending: PendingCheckout): void {
  sessionStorage.setItem(STORED, JSON.stringify(pending))
}

/** The checkout in progress, or null. */
export function pendingCheckout(): PendingCheckout | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null')
    return isPending(value) ? value : null
  } catch {
    return null
  }
}

/** Removes the record: the credits arrived, or the checkout was cancelled. */
export function forgetCheckout(): void {
  sessionStorage.removeItem(STORED)
}

/**
 * Whether it has taken effect: a larger grant of some meter, another plan, or a plan no longer past due; a payment method is stored at
 * once.
 */
export function hasArrived(
  pending: PendingCheckout,
  now: { balances: readonly Balance[]; planSlug: string | null; status?: string | null },
): boolean {
  if (pending.purpose === 'payment_method') return true
  if (pending.purpose === 'open_invoice') return Boolean(now.status) && now.status !== 'past_due'
  if (now.planSlug !== null && now.planSlug !== pending.planSlug) return true
  return now.balances.some(({ meter, granted }) => granted > (pending.granted[meter] ?? granted))
}

function isPending(value: unknown): value is PendingCheckout {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'planSlug' in value &&
    'granted' in value &&
    typeof value.granted === 'object' &&
    value.granted !== null &&
    (!('purpose' in value) ||
      value.purpose === 'open_invoice' ||
      value.purpose === 'payment_method')
  )
}
