import type { BillingCustomer, CallOptions } from '@tollgate/contract'
import { describeCustomer } from './describe-customer.ts'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { whenNotFound } from './when-not-found.ts'

/** Updates a customer's name and address to its current ones. */
export async function changeAddress(
  { connection }: FlowgladContext,
  { api, customer }: { api: FlowgladApi; customer: BillingCustomer },
  call?: CallOptions,
): Promise<void> {
  const path = `/api/v1/customers/${encodeURIComponent(customer.customerId)}`
  const body = { customer: describeCustomer(customer) }
  await connection
    .change('the address of a customer', (limits) => api.put(path, { ...limits, body }), call)
    .catch(whenNotFound(() => {}))
}
