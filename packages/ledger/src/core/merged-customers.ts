import { type RawBuilder, sql } from 'kysely'
import type { CustomerScope } from './customer-scope.ts'

/** SQL for a customer and all customers merged into it: a grant that is given once per customer was given if any of them had it. */
export function mergedCustomers({ organizationId, customerId }: CustomerScope): RawBuilder<string> {
  return sql`(with recursive merged(id) as (
    select ${customerId}::text
    union
    select move.from_customer_id from merged
    join customer_move move on move.organization_id = ${organizationId} and move.to_customer_id = merged.id
  ) select id from merged)`
}
