import type { MeterSlug } from '@tollgate/contract'
import { readTaken } from './store-view.ts'
import type { World } from './world.ts'

/**
 * What is left by an independent count: granted at the backend, less every charge and every hold there is. What was set aside
 * while nobody knew whether the backend has it counts twice, until a person has seen to it.
 */
export async function booksLeft(
  world: Omit<World, 'processes'>,
  customerId: string,
  meter: MeterSlug,
): Promise<number> {
  const taken = await readTaken(world.scratch.database, { customerId, meter })
  return grantedOf(world, customerId, meter) - taken
}

/** What the backend ever granted. */
export function grantedOf(
  world: Omit<World, 'processes'>,
  customerId: string,
  meter: MeterSlug,
): number {
  let used = 0
  for (const event of world.backend.events.values()) {
    if (event.customerId === customerId && event.meter === meter) used += event.amount
  }
  return world.backend.availableOf(customerId, meter) + used
}
