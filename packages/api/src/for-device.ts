import type { BillingError } from '@tollgate/contract'
import { maySellTo } from './may-sell-to.ts'

/** A refusal without the ways on that the caller's device may not offer. */
export function forDevice(billing: BillingError, headers: Headers): BillingError {
  if (!('actions' in billing) || maySellTo(headers)) return billing
  const actions = billing.actions.filter(({ type }) => type === 'wait' || type === 'sign_in')
  return { ...billing, actions }
}
