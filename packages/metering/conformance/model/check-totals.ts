import { operationsBeforeRestore } from './lost-time.ts'
import { readDelivered } from './store-events.ts'
import { readAccounts } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Compares the totals: the backend's events, the accounts at rest, and what was spent with what was granted. */
export async function checkTotals(world: World): Promise<void> {
  await checkSink(world)
  await checkAccounts(world)
  await checkNoOverspend(world)
}

async function checkSink(world: World): Promise<void> {
  const ours = new Map([
    ...world.aged.delivered,
    ...(await readDelivered(world.scratch.everything)),
  ])
  const { events } = world.backend
  const forgotten = operationsBeforeRestore(world)
  const differing = [...new Set([...ours.keys(), ...events.keys()])].filter((key) => {
    const [charge, event] = [ours.get(key), events.get(key)]
    if (!event) return true
    if (world.preempted.has(event.transactionId) || world.foreignIds.has(event.transactionId)) {
      return false
    }
    // The backend keeps the time of the first charge for one that was repeated after a restore.
    const isForgotten = forgotten.has(event.operationId)
    if (!charge) return !isForgotten
    return (
      charge.amount !== event.amount || (charge.occurredAt !== event.occurredAt && !isForgotten)
    )
  })
  if (differing.length > 0)
    throw new ModelViolation('I7', 'the backend has exactly our events', differing)
}

async function checkAccounts(world: World): Promise<void> {
  for (const { customerId, meter, synced, held } of await readAccounts(world.scratch.everything)) {
    const theirs = world.backend.availableOf(customerId, meter)
    if (synced !== theirs || held !== 0) {
      throw new ModelViolation('I21', 'an account at rest says what the backend says', {
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
  for (const { customerId, meter, charged } of await readAccounts(world.scratch.everything)) {
    const lost = world.lostCredits
      .filter((event) => event.customerId === customerId && event.meter === meter)
      .reduce((sum, { amount }) => sum + amount, 0)
    const granted = world.backend.grantedOf(customerId, meter) + lost
    if (charged > granted)
      throw new ModelViolation('I12', 'no customer spends more than was granted', {
        customerId,
        meter,
        charged,
        granted,
      })
  }
}
