import { keyOf } from './call-of.ts'
import type { SettledOperation } from './history.ts'
import { operationsBeforeRestore } from './lost-time.ts'
import { shapeOf } from './plan.ts'
import { readUndelivered } from './store-events.ts'
import { readAccounts, scopeOf } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Compares every account with the backend right after all of them were synced. */
export async function checkRestored(world: World): Promise<void> {
  const undelivered = await readUndelivered(world.scratch.everything)
  for (const account of await readAccounts(world.scratch.everything)) {
    const { customerId, meter, synced, unsynced } = account
    // An event that an operator has to resolve counts in addition to the backend's event with its id.
    const missing = undelivered
      .filter((event) => event.customerId === customerId && event.meter === meter)
      .filter((event) => event.isQuarantined || !isAtBackend(world, event))
      .reduce((sum, { amount }) => sum + amount, 0)
    const left = world.backend.availableOf(customerId, meter) - missing
    if (synced - unsynced !== left) {
      throw new ModelViolation('I37', 'the first balance read after a restore is exact', {
        ...account,
        left,
      })
    }
  }
}

function isAtBackend({ backend }: World, event: { transactionId: string; meter: string }): boolean {
  return backend.events.has(`${event.transactionId} ${event.meter}`)
}

/** The backend counts a key once, however often its work ran again because a restore had lost the result. */
export function checkChargedOnce(world: World, operations: readonly SettledOperation[]): void {
  const scopes = scopesOfOperations(world)
  const before = operationsBeforeRestore(world)
  const counted = new Map<string, string>()
  for (const event of world.backend.events.values()) {
    const scope = scopes.get(event.operationId)
    if (scope === undefined) continue
    const key = `${scope} ${event.meter}`
    const other = counted.get(key)
    if (other !== undefined) {
      throw new ModelViolation(
        'I36',
        'a key is charged once at the backend, whatever was restored',
        {
          key,
          transactionIds: [other, event.transactionId],
        },
      )
    }
    counted.set(key, event.transactionId)
    const isRetried = operations.some(
      (operation) =>
        operation.scope === scope &&
        operation.operationId !== event.operationId &&
        operation.charges[event.meter] !== undefined,
    )
    if (isRetried && before.has(event.operationId)) {
      world.coverage.reach('restored key charged again, counted once')
    }
  }
}

function scopesOfOperations(world: World): Map<string, string> {
  return new Map(
    world.history.flatMap((seen) =>
      seen.operationIds.map((operationId) => [operationId, scopeOfAttempt(world, seen)] as const),
    ),
  )
}

/** The scope of an attempt's key, as the store has it. */
export function scopeOfAttempt(world: World, { plan }: World['history'][number]): string {
  const customerId = world.customers[plan.customer]?.customerId ?? ''
  return scopeOf({ customerId, procedure: shapeOf(plan).procedure, key: keyOf(plan) })
}
