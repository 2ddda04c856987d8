import type { CallOptions, CustomerId } from '@tollgate/contract'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { whenNotFound } from './when-not-found.ts'

/** No mail can be sent there. */
const ANONYMOUS = { name: 'Deleted', email: 'deleted@customer.invalid' }

/**
 * Replaces a customer's name and address. Flowglad has no route for more: payment methods and invoices keep theirs there, while our own
 * backend removes them from payment methods as well.
 */
export async function anonymizeCustomer(
  { connection, selfHosted }: FlowgladContext,
  { api, customerId }: { api: FlowgladApi; customerId: CustomerId },
  call?: CallOptions,
): Promise<void> {
  const path = `/api/v1/customers/${encodeURIComponent(customerId)}`
  await connection
    .change(
      'anonymizing a customer',
      (limits) =>
        selfHosted
          ? api.post(`${path}/anonymize`, { ...limits, body: { customer: ANONYMOUS } })
          : api.put(path, { ...limits, body: { customer: ANONYMOUS } }),
      call,
    )
    // What the backend has never seen says nothing of anyone.
    .catch(whenNotFound(() => {}))
}
