import type { CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Whether an account has verified the customer's address: its own, or the billing address of an organization. */
export async function readEmailVerified(
  database: Database,
  customerId: CustomerId,
): Promise<boolean> {
  const rows = await database.query({
    name: 'read-alert-email-verified',
    text: `select from auth_user u
           where u."emailVerified" and (u."customerId" = $1 or u.email =
             (select lower(o."billingEmail") from auth_organization o where o."customerId" = $1))`,
    values: [customerId],
  })
  return rows.length > 0
}
