import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import { readCursor, writeCursor } from '../core/read-page.ts'
import type { FoundCustomer } from '../core/schemas/customer.ts'
import { typed } from '../core/typed.ts'

/** A customer search; an empty text matches all. */
export type CustomerSearch = {
  organizationId: string
  text: string
  cursor?: string | undefined
  limit: number
}

/** Finds customers whose name, address or external id contains a text, newest first. */
export async function searchCustomers(
  from: Queryable,
  search: CustomerSearch,
): Promise<{ data: FoundCustomer[]; nextCursor: string | null }> {
  const place = search.cursor === undefined ? null : readCursor(search.cursor)
  const text = search.text.trim()
  const { rows } = await sql<FoundCustomer>`
    select customer.id, customer.external_id, customer.name, customer.email, customer.created_at,
           sub.name as plan_name, sub.status
    from customer
    left join subscription sub
      on sub.organization_id = customer.organization_id and sub.customer_id = customer.id
     and sub.status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')
    where customer.organization_id = ${search.organizationId} and not customer.archived
      and (${text} = '' or position(lower(${text}) in lower(customer.name)) > 0
           or position(lower(${text}) in lower(customer.email)) > 0
           or position(lower(${text}) in lower(customer.external_id)) > 0
           or customer.id = ${text})
      and (${place?.createdAt ?? null}::bigint is null
           or (customer.created_at, customer.id) < (${place?.createdAt ?? null}::bigint, ${place?.id ?? null}::text))
    order by customer.created_at desc, customer.id desc limit ${search.limit + 1}`.execute(
    typed(from),
  )
  const data = rows.slice(0, search.limit)
  const last = data.at(-1)
  const more = rows.length > search.limit && last !== undefined
  return { data, nextCursor: more ? writeCursor(last) : null }
}
