import type { CallOptions, CustomerId } from '@tollgate/contract'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { whenNotFound } from './when-not-found.ts'

/** An address that cannot receive mail. */
const ANONYMOUS = { name: 'Deleted', email: 'deleted@customer.invalid' }

/**
 * Replaces a customer's name and address. Flowglad has no route for more: payment methods and invoices keep theirs there, while our own
 * backend also removes them from payment methods.
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
    // A customer that the backend does not know has no personal data there.
    .catch(whenNotFound(() => {}))
}
