import type { MeterSlug } from '@tollgate/contract'
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
  const rows = await world.scratch.database.query<{ taken: number }>({
    name: 'model.books_left',
    text: `select coalesce(sum(case h.state when 'held' then h.amount when 'charged' then h.charged else 0 end), 0)::bigint
        + coalesce(sum(e.amount), 0)::bigint as taken
      from metering.hold h
      left join metering.usage_event e on e.customer_id = h.customer_id and e.operation_id = h.operation_id
        and e.meter = h.meter and e.state = 'quarantined' and e.in_doubt
      where h.customer_id = $1 and h.meter = $2`,
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
