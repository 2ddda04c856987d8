import type { AccountOwner, AccountService, Deletion } from '@tollgate/api'
import type { BillingBackend } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { deleteOrganization, deleteUser, ownedAlone } from './delete-rows.ts'

/** Deletes accounts: identities at once, everything else that is stored of the customer soon after. */
export function createAccountService(options: {
  database: Database
  backend: Pick<BillingBackend, 'customerHoldings'>
  /** Clears the caches of callers. */
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
      // A deletion must not waste what the customer is still paying for.
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
