import type { Database } from '@tollgate/database'

/** Swaps the customers of a guest and of the account made from it, so that the account goes on with the guest's balance. */
export async function adoptGuestCustomer(
  database: Database,
  users: { guestUserId: string; userId: string },
): Promise<void> {
  await database.query({
    name: 'adopt-guest-customer',
    text: `
      update auth_user as target
      set "customerId" = source."customerId"
      from auth_user as source
      where (target.id = $1 and source.id = $2) or (target.id = $2 and source.id = $1)`,
    values: [users.guestUserId, users.userId],
  })
}
