import type { BillingCustomer } from '@tollgate/contract'
import type { Customer } from './billing-options.ts'
import { customerIdOf } from './customer-id-of.ts'

/** A customer of the application, as metering and the billing backend know it. */
export function toBillingCustomer({ id, name, email }: Customer): BillingCustomer {
  return { customerId: customerIdOf(id), name: name ?? email, email }
}
