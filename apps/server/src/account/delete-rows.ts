import type { Database, Transaction } from '@tollgate/database'

/** Callers stay cached for five seconds; what a deleted one does in that time is erased with the rest. */
const DUE_AFTER_MS = 10_000

/** The organizations whose only owner is this user. */
export async function ownedAlone(
  database: Pick<Database, 'query'>,
  userId: string,
): Promise<string[]> {
  const rows = await database.query<{ name: string }>({
    name: 'auth_owned_alone',
    text: `
      select o.name
      from auth_member m
      join auth_organization o on o.id = m."organizationId"
      where m."userId" = $1 and m.role = 'owner' and not exists (
        select from auth_member other
        where other."organizationId" = m."organizationId" and other."userId" <> m."userId" and other.role = 'owner')
      order by o.name`,
    values: [userId],
  })
  return rows.map(({ name }) => name)
}

/** Deletes a user and every row that refers to it, and schedules the erasure of its customers; does nothing if it is already gone. */
export async function deleteUser(database: Database, userId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const [user] = await transaction.query<{ email: string; customerId: string }>({
      text: 'select email, "customerId" from auth_user where id = $1 for update',
      values: [userId],
    })
    if (!user) return
    const guests = await transaction.query<{ id: string }>({
      text: 'delete from auth_guest_takeover where customer_id = $1 returning guest_customer_id as id',
      values: [user.customerId],
    })
    await erase(transaction, [user.customerId, ...guests.map(({ id }) => id)])
    await transaction.query({
      text: 'delete from auth_invitation where lower(email) = lower($1)',
      values: [user.email],
    })
    await transaction.query({
      text: `delete from auth_verification where lower(identifier) = lower($1) or value = $2`,
      values: [user.email, userId],
    })
    // Before the address is deleted: it may be the billing address of an organization.
    await transaction.query({
      text: 'delete from auth_member where "userId" = $1',
      values: [userId],
    })
    await transaction.query({ text: 'delete from auth_user where id = $1', values: [userId] })
  })
}

/**
 * Deletes an organization with its memberships and invitations, and schedules the erasure of its customer. The sessions of the owner who
 * deletes it switch to the owner's own account. Those of other members act for no account until the member chooses one, because otherwise
 * the member would pay for work started for the organization.
 */
export async function deleteOrganization(
  database: Database,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const [organization] = await transaction.query<{ customerId: string }>({
      text: 'delete from auth_organization where id = $1 returning "customerId"',
      values: [organizationId],
    })
    if (!organization) return
    await erase(transaction, [organization.customerId])
    await transaction.query({
      text: 'update auth_session set "activeOrganizationId" = null where "activeOrganizationId" = $1 and "userId" = $2',
      values: [organizationId, userId],
    })
  })
}

async function erase(transaction: Transaction, customerIds: readonly string[]): Promise<void> {
  await transaction.query({
    text: `insert into erasure (customer_id, due_at)
           select id, now() + $2 * interval '1 millisecond' from unnest($1::text[]) id
           on conflict (customer_id) do nothing`,
    values: [customerIds, DUE_AFTER_MS],
  })
}
