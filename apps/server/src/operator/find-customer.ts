import type { CustomerStory, FoundCustomer } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import { inspectCustomer, inspectOperation } from '@tollgate/metering/postgres'

/** Finds a customer by operation id, customer id or e-mail address; null when there is none. */
export async function findCustomer(
  databases: { metering: Database; server: Database },
  text: string,
): Promise<FoundCustomer | null> {
  const { metering, server } = databases
  if (text.includes('@')) {
    const [row] = await server.query<{ customer_id: string }>({ ...BY_EMAIL, values: [text] })
    return row ? { customerId: row.customer_id, operationId: null } : null
  }
  const operation = await inspectOperation(metering, text)
  if (operation) return { customerId: String(operation['customerId']), operationId: text }
  if (await inspectCustomer(metering, text)) return { customerId: text, operationId: null }
  return (await findOwner(server, text)) ? { customerId: text, operationId: null } : null
}

/** The account or organization that pays with a customer. */
export async function findOwner(
  server: Database,
  customerId: string,
): Promise<CustomerStory['owner']> {
  const [row] = await server.query<NonNullable<CustomerStory['owner']>>({
    ...OWNER,
    values: [customerId],
  })
  return row ?? null
}

const BY_EMAIL = {
  name: 'operator_find_by_email',
  text: `select "customerId" as customer_id from auth_user where email = lower($1)`,
}

const OWNER = {
  name: 'operator_find_owner',
  text: `
    select name, email, case when "isAnonymous" then 'guest' else 'account' end as kind
    from auth_user where "customerId" = $1
    union all
    select name, "billingEmail", 'organization' from auth_organization where "customerId" = $1
    limit 1`,
}
