import type { Queryable } from './queryable.ts'
import { notFound } from './ledger-error.ts'

/** A customer as the API shows it. */
export type Customer = {
  id: string
  createdAt: number
  updatedAt: number
  livemode: boolean
  organizationId: string
  externalId: string
  pricingModelId: string
  email: string
  name: string
  archived: boolean
  domain: string | null
  iconURL: string | null
  logoURL: string | null
  userId: string | null
  billingAddress: unknown
  invoiceNumberBase: string
}

/** The columns of `Customer`. */
export const CUSTOMER_COLUMNS = `id, created_at as "createdAt", updated_at as "updatedAt", false as livemode,
  organization_id as "organizationId", external_id as "externalId", pricing_model_id as "pricingModelId",
  email, name, archived, domain, icon_url as "iconURL", logo_url as "logoURL", user_id as "userId",
  billing_address as "billingAddress", invoice_number_base as "invoiceNumberBase"`

type Reference = { organizationId: string; externalId: string }

/** A customer, and their next due time. */
export type FoundCustomer = { customer: Customer; dueAt: number | null }

/** Finds a customer by the id the caller gave them, or null. */
export async function findCustomer(
  from: Queryable,
  { organizationId, externalId }: Reference,
): Promise<FoundCustomer | null> {
  const [row] = await from.query<Customer & { dueAt: number | null }>({
    name: 'find-customer',
    text: `select ${CUSTOMER_COLUMNS}, due_at as "dueAt" from customer
           where organization_id = $1 and external_id = $2 and not archived`,
    values: [organizationId, externalId],
  })
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
