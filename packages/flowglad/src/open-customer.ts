import type { BillingCustomer, CustomerId } from '@tollgate/contract'
import { describeCustomer } from './describe-customer.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import type { FlowgladCustomer } from './flowglad-customer.ts'

/** Opens the SDK for a customer, which is created with these details if Flowglad does not know it. */
export function openCustomer(
  { factory }: FlowgladContext,
  customer: BillingCustomer,
): FlowgladCustomer {
  return factory(customer.customerId, () => Promise.resolve(describeCustomer(customer)))
}

/** Opens the SDK for a customer that exists at Flowglad. */
export function openKnownCustomer(
  { factory }: FlowgladContext,
  customerId: CustomerId,
): FlowgladCustomer {
  return factory(customerId, () =>
    Promise.reject(new Error(`${customerId} is not known to Flowglad.`)),
  )
}
