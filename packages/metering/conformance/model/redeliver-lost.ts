import type { UsageDelivery } from '@tollgate/contract'
import type { DriftedEvent } from '../../src/drift/drifted-event.ts'
import { type LostCharge, redeliver } from '../../src/drift/redeliver.ts'
import { hearBackend } from './backend-mode.ts'
import { outdate } from './backup.ts'
import { keyOf } from './check-drift.ts'
import { letPass } from './happenings.ts'
import { operationsBeforeRestore } from './lost-time.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Redelivers what the backend has lost, as `billing:admin drift --redeliver` does, and checks that it is restored unchanged. */
export async function redeliverLost(world: World, found: readonly DriftedEvent[]): Promise<void> {
  const lost = found.filter(isLostCharge)
  if (lost.length === 0) return
  hearBackend(world, [])
  await redeliver(world.backend, lost)
  world.coverage.reach('drift redelivered', lost.length)
  letPass(world, 1000)
  outdate(world)
  const forgotten = operationsBeforeRestore(world)
  for (const charge of lost) {
    const key = keyOf(charge)
    const [before, after] = [world.lostEvents.get(key), world.backend.events.get(key)]
    world.lostEvents.delete(key)
    // A charge that was repeated after a restore is delivered with its new time.
    const isAnew = before !== undefined && forgotten.has(before.operationId)
    if (before && after && factsOf(before, isAnew) === factsOf(after, isAnew)) continue
    throw new ModelViolation('I39', 'what was lost is delivered again as it was', { before, after })
  }
}

function isLostCharge(drifted: DriftedEvent): drifted is LostCharge {
  return drifted.kind === 'missing_at_backend'
}

function factsOf(event: UsageDelivery, isAnew: boolean): string {
  const { customerId, subscriptionId, meter, amount, occurredAt } = event
  return JSON.stringify([customerId, subscriptionId, meter, amount, isAnew ? null : occurredAt])
}
