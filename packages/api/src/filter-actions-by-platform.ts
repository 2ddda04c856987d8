import type { BillingError } from '@tollgate/contract'
import { allowsExternalPurchase } from './allows-external-purchase.ts'

/** A refusal without the actions that the caller's device may not offer. */
export function filterActionsByPlatform(billing: BillingError, headers: Headers): BillingError {
  if (!('actions' in billing) || allowsExternalPurchase(headers)) return billing
  const actions = billing.actions.filter(({ type }) => type === 'wait' || type === 'sign_in')
  return { ...billing, actions }
}
