import type { InferResult, QueryCreator } from 'kysely'
import { notFound } from './ledger-error.ts'
import { LIVEMODE } from './livemode.ts'
import type { Queryable } from './queryable.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

/** A customer as the API shows it. */
export type Customer = InferResult<ReturnType<typeof selectCustomers>>[number]

/** Selects customers as the API shows them. */
export function selectCustomers(from: QueryCreator<Tables>) {
  return from
    .selectFrom('customer')
    .select(['id', 'createdAt', 'updatedAt', LIVEMODE, 'organizationId', 'externalId'])
    .select(['pricingModelId', 'email', 'name', 'archived', 'domain', 'iconUrl as iconURL'])
    .select(['logoUrl as logoURL', 'userId', 'billingAddress', 'invoiceNumberBase'])
}

type Reference = { organizationId: string; externalId: string }

/** A customer with its next due time. */
export type FoundCustomer = { customer: Customer; dueAt: number | null }

/** Finds a customer by its external id, or null. */
export async function findCustomer(
  from: Queryable,
  { organizationId, externalId }: Reference,
): Promise<FoundCustomer | null> {
  const row = await selectCustomers(typed(from, 'find-customer'))
    .select('dueAt')
    .where('organizationId', '=', organizationId)
    .where('externalId', '=', externalId)
    .where(({ not }) => not('archived'))
    .executeTakeFirst()
  if (!row) return null
  const { dueAt, ...customer } = row
  return { customer, dueAt }
}

/** Finds a customer by its external id; throws NOT_FOUND. */
export async function requireCustomer(
  from: Queryable,
  reference: Reference,
): Promise<FoundCustomer> {
  const found = await findCustomer(from, reference)
  if (!found) throw notFound('customer', reference.externalId)
  return found
}
