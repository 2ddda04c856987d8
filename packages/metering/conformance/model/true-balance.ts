import type { UsedCredits } from '@tollgate/testing/fake-backend'
import { readUndelivered, type Undelivered } from './store-events.ts'
import { readAccounts } from './store-view.ts'
import type { World } from './world.ts'

type Account = { customerId: string; meter: string }

/** What will be left of an account once every charge of the current period has reached the backend. */
export function trueBalance(
  { backend }: Omit<World, 'processes'>,
  { customerId, meter }: Account,
  undelivered: readonly Undelivered[],
): number {
  const events = new Map<string, UsedCredits>(backend.events)
  // Where the backend has the same id with another amount, ours counts.
  for (const event of undelivered) events.set(`${event.transactionId} ${event.meter}`, event)
  return backend.availableOf(customerId, meter, events.values())
}

/**
 * What can be spent, by an independent count: the backend's balance less every charge it does not have and every hold.
 * A charge of an earlier period counts until it is delivered; one that was quarantined unacknowledged or disputed counts
 * twice, until an operator resolves it.
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
    // A charge repeated after a restore counts until the backend reports that it already has it.
    const isKnown = there?.occurredAt === event.occurredAt
    if (!isKnown) left -= event.amount
    if (event.isInDoubt || (event.isDisputed && isKnown)) left -= event.amount
  }
  return left
}
