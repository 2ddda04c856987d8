import type { Selection } from 'kysely'
import { notFound } from './ledger-error.ts'
import { LIVEMODE } from './livemode.ts'
import type { Queryable } from './queryable.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

/** The columns of `Customer`. */
export const CUSTOMER_COLUMNS = [
  'customer.id',
  'customer.createdAt',
  'customer.updatedAt',
  LIVEMODE,
  'customer.organizationId',
  'customer.externalId',
  'customer.pricingModelId',
  'customer.email',
  'customer.name',
  'customer.archived',
  'customer.domain',
  'customer.iconUrl as iconURL',
  'customer.logoUrl as logoURL',
  'customer.userId',
  'customer.billingAddress',
  'customer.invoiceNumberBase',
] as const

/** A customer as the API shows it. */
export type Customer = Selection<Tables, 'customer', (typeof CUSTOMER_COLUMNS)[number]>

type Reference = { organizationId: string; externalId: string }

/** A customer, and their next due time. */
export type FoundCustomer = { customer: Customer; dueAt: number | null }

/** Finds a customer by the id the caller gave them, or null. */
export async function findCustomer(
  from: Queryable,
  { organizationId, externalId }: Reference,
): Promise<FoundCustomer | null> {
  const row = await typed(from, 'find-customer')
    .selectFrom('customer')
    .select([...CUSTOMER_COLUMNS, 'dueAt'])
    .where('organizationId', '=', organizationId)
    .where('externalId', '=', externalId)
    .where(({ not }) => not('archived'))
    .executeTakeFirst()
  if (!row) return null
  const { dueAt, ...customer } = row
  return { customer, dueAt }
}

/** Finds a customer by the id the caller gave them; refuses with NOT_FOUND. */
export async function requireCustomer(
  from: Queryable,
  reference: Reference,
): Promise<FoundCustomer> {
  const found = await findCustomer(from, reference)
  if (!found) throw notFound('customer', reference.externalId)
  return found
}
