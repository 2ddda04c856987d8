import { readAccounts, readDelivered } from './store-view.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

/** Compares what all of it together came to: the backend's events, the accounts at rest, what was spent of what was granted. */
export async function checkTotals(world: World): Promise<void> {
  await checkSink(world)
  await checkAccounts(world)
  await checkNoOverspend(world)
}

async function checkSink(world: World): Promise<void> {
  const ours = await readDelivered(world.scratch.database)
  const theirs = new Map(
    [...world.backend.events]
      .filter(([, event]) => !world.preempted.has(event.transactionId))
      .map(([key, event]) => [key, `${event.amount} at ${event.occurredAt}`]),
  )
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (key) => ours.get(key) !== theirs.get(key),
  )
  if (differing.length > 0)
    throw new Violation('I7', 'the backend has exactly our events', differing)
}

async function checkAccounts(world: World): Promise<void> {
  for (const { customerId, meter, synced, held } of await readAccounts(world.scratch.database)) {
    const theirs = world.backend.availableOf(customerId, meter)
    if (synced !== theirs || held !== 0) {
      throw new Violation('I21', 'an account at rest says what the backend says', {
        customerId,
        meter,
        synced,
        theirs,
        held,
      })
    }
  }
}

async function checkNoOverspend(world: World): Promise<void> {
  for (const { customerId, meter, certain } of await readAccounts(world.scratch.database)) {
    const granted = world.backend.grantedOf(customerId, meter)
    if (certain > granted)
      throw new Violation('I12', 'no customer spends more than was granted', {
        customerId,
        meter,
        charged: certain,
        granted,
      })
  }
}
