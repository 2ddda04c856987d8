import type { UsedCredits } from '@tollgate/testing/fake-backend'
import { readUndelivered, type Undelivered } from './store-events.ts'
import { readAccounts } from './store-view.ts'
import type { World } from './world.ts'

type Account = { customerId: string; meter: string }

/** What is left of an account once every charge has arrived: the present period's, as the backend will count it. */
export function trueBalance(
  { backend }: Omit<World, 'processes'>,
  { customerId, meter }: Account,
  undelivered: readonly Undelivered[],
): number {
  const events = new Map<string, UsedCredits>(backend.events)
  // Ours counts where the backend has the same id with another amount.
  for (const event of undelivered) events.set(`${event.transactionId} ${event.meter}`, event)
  return backend.availableOf(customerId, meter, events.values())
}

/**
 * What may be spent, by an independent count: what is left at the backend, less every charge it does not have and every hold.
 * A charge of an earlier period counts until it has arrived, and one that was quarantined in doubt or in dispute counts
 * twice, until a person has seen to it.
 */
export async function storedBalance(
  world: Omit<World, 'processes'>,
  account: Account,
): Promise<number> {
  const { everything } = world.scratch
  const isOf = ({ customerId, meter }: Account) =>
    customerId === account.customerId && meter === account.meter
  const held = (await readAccounts(everything)).find(isOf)?.held ?? 0
  let left = world.backend.availableOf(account.customerId, account.meter) - held
  for (const event of (await readUndelivered(everything)).filter(isOf)) {
    const there = world.backend.events.get(`${event.transactionId} ${event.meter}`)
    // What was charged again after a restore counts until the backend has said that it has it from before.
    const isKnown = there?.occurredAt === event.occurredAt
    if (!isKnown) left -= event.amount
    if (event.isInDoubt || (event.isDisputed && isKnown)) left -= event.amount
  }
  return left
}
