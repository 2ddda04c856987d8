import type { Database, Transaction } from '@tollgate/database'

/** Callers are believed for five seconds without the database; what one of them still does is erased with the rest. */
const DUE_AFTER_MS = 10_000

/** The organizations that have no other owner than this user. */
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

/** Deletes a user with everything that names it, and has its customers erased; nothing when it is gone already. */
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
    // While its address is known: an organization may be billed there.
    await transaction.query({
      text: 'delete from auth_member where "userId" = $1',
      values: [userId],
    })
    await transaction.query({ text: 'delete from auth_user where id = $1', values: [userId] })
  })
}

/**
 * Deletes an organization with its memberships and invitations, and has its customer erased. The sessions of the owner who deletes
 * it act for its own account from then on; those of other members act for no one until they choose to, because they would pay alone
 * for what they had begun for the organization.
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
