import type { AccountOwner, AccountService, Deletion } from '@tollgate/api'
import type { BillingBackend } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { deleteOrganization, deleteUser, ownedAlone } from './delete-rows.ts'

/** Deletes accounts: who a customer was is removed at once, and what is stored elsewhere soon after. */
export function createAccountService(options: {
  database: Database
  backend: Pick<BillingBackend, 'customerHoldings'>
  /** Servers remember callers for a moment. */
  onDeleted(): void
}): AccountService {
  const { database, backend, onDeleted } = options

  async function deletion({ customer, userId, organizationId }: AccountOwner): Promise<Deletion> {
    const {
      paidPlan,
      openCheckouts,
      lastingCredits: lost,
    } = await backend.customerHoldings(customer)
    const organizations = organizationId === null ? await ownedAlone(database, userId) : []
    const isRenewing = paidPlan !== null && paidPlan.cancelsAt === null
    return {
      // What could still be paid for must not come to nothing.
      blockedBy: isRenewing
        ? 'plan'
        : openCheckouts > 0
          ? 'checkout'
          : organizations.length > 0
            ? 'organizations'
            : null,
      organizations,
      lost,
    }
  }

  return {
    deletion,
    async delete(owner) {
      const found = await deletion(owner)
      if (found.blockedBy !== null) return found
      const { userId, organizationId } = owner
      await (organizationId === null
        ? deleteUser(database, userId)
        : deleteOrganization(database, { organizationId, userId }))
      onDeleted()
      return found
    },
  }
}
