import type { MeterSlug } from '@tollgate/contract'
import type { World } from './world.ts'

/** What is left by an independent count: granted at the backend, less every charge and every hold there is. */
export async function booksLeft(
  world: Omit<World, 'processes'>,
  customerId: string,
  meter: MeterSlug,
): Promise<number> {
  const rows = await world.scratch.database.query<{ taken: number }>({
    name: 'model.books_left',
    text: `select coalesce(sum(case state when 'held' then amount when 'charged' then charged else 0 end), 0)::bigint as taken
      from metering.hold where customer_id = $1 and meter = $2`,
    values: [customerId, meter],
  })
  return grantedOf(world, customerId, meter) - (rows[0]?.taken ?? 0)
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
