import type { BillingCustomer, CustomerId } from '@tollgate/contract'
import { describeCustomer } from './describe-customer.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import type { FlowgladCustomer } from './flowglad-customer.ts'

/** Opens the SDK for a customer, which is made with these details if Flowglad has never seen it. */
export function openCustomer(
  { factory }: FlowgladContext,
  customer: BillingCustomer,
): FlowgladCustomer {
  return factory(customer.customerId, () => Promise.resolve(describeCustomer(customer)))
}

/** Opens the SDK for a customer that Flowglad knows. */
export function openKnownCustomer(
  { factory }: FlowgladContext,
  customerId: CustomerId,
): FlowgladCustomer {
  return factory(customerId, () =>
    Promise.reject(new Error(`${customerId} is not known to Flowglad.`)),
  )
}
