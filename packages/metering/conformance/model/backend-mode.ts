import { credits, type UsageDelivery } from '@tollgate/contract'
import type { World } from './world.ts'

/** Handles one request as the backend behaves in the world's current mode. */
export function hearBackend(
  world: Omit<World, 'processes'>,
  deliveries: readonly UsageDelivery[],
): void {
  const { backend, mode } = world
  if (mode !== 'ok') {
    const aboutEvents = mode !== 'away' && mode !== 'unauthorized'
    if (!aboutEvents || deliveries.length > 0) world.coverage.reach(`fault backend ${mode}`)
  }
  if (mode === 'was preempted') for (const delivery of deliveries) preempt(world, delivery)
  backend.faults = {
    failure: mode === 'away' ? 'unreachable' : mode === 'unauthorized' ? 'unauthorized' : undefined,
    event: () =>
      mode === 'refuses' ? 'refuse' : mode === 'loses the answer' ? 'lose-answer' : 'ok',
  }
}

/** Another client has already used our id, with one credit more. */
function preempt(world: Omit<World, 'processes'>, delivery: UsageDelivery): void {
  const key = `${delivery.transactionId} ${delivery.meter}`
  if (world.backend.events.has(key)) return
  world.backend.events.set(key, { ...delivery, amount: credits(delivery.amount + 1) })
  world.preempted.add(delivery.transactionId)
}
