import type { Database } from '@tollgate/database'
import type { Placing } from './placings.ts'
import { readAccounts } from './store-view.ts'
import type { World } from './world.ts'

/** Records every result of a statement that an independent count right after it contradicts: wrong holds and wrong refusals. */
export async function noteMisfits(
  world: Omit<World, 'processes'>,
  placings: readonly Placing[],
): Promise<void> {
  for (const placing of placings) {
    const { outcome, takenOver } = placing.answer
    if (asksTheBackend(outcome)) world.unsure.add(placing.call.operationId)
    if (outcome === 'placed' && !takenOver) await noteHeld(world, placing)
    if (outcome === 'limited' || outcome === 'capped') await noteLimited(world, placing)
  }
}

/** After these outcomes the balance is read from the backend, and the call is placed again. */
function asksTheBackend(outcome: string): boolean {
  return outcome === 'stale' || outcome === 'insufficient' || outcome === 'not_in_plan'
}

/**
 * A call that begins with less than it wants holds everything available, and no less than its minimum. Until the balance is read
 * from the backend, only a limit reduces its hold.
 */
async function noteHeld(world: Omit<World, 'processes'>, placing: Placing): Promise<void> {
  const { call, answer, isOvertaken } = placing
  const { everything } = world.scratch
  if (world.placed.has(call.operationId)) return
  world.placed.add(call.operationId)
  for (const { meter, hold, least } of call.charges) {
    if (least === undefined) continue
    const held = answer.holds?.[meter] ?? hold
    const account = (await readAccounts(everything)).find(
      (one) => one.customerId === call.customerId && one.meter === meter,
    )
    const left = account ? account.synced - account.unsynced - account.held : 0
    const rooms = await readRooms(everything, { ...call, meter })
    const leaves = world.unsure.has(call.operationId) ? left : Infinity
    const couldBeMore = held < hold && !isOvertaken && Math.min(leaves, ...rooms.values()) > 0
    if (held < hold) world.coverage.reach('began with less')
    if (held < hold && left > 0) world.coverage.reach('began with what a limit leaves')
    if (held < least || held > hold || couldBeMore) {
      world.misfits.push({
        id: 'I43',
        title: 'a call begins with what is left, from its least up to what it wants',
        details: { ...placing, meter, held, left, rooms: [...rooms] },
      })
    }
  }
}

/** A call that a limit refuses exceeded what the limit left. */
async function noteLimited(world: Omit<World, 'processes'>, placing: Placing): Promise<void> {
  const { call, answer, isOvertaken } = placing
  const { meter = '', required = 0, subject = 'customer' } = answer
  const rooms = await readRooms(world.scratch.everything, { ...call, meter })
  if (isOvertaken || (rooms.get(subject) ?? Infinity) < required) return
  world.misfits.push({
    id: 'I44',
    title: 'no call that fits its limits is refused for one',
    details: { ...placing, rooms: [...rooms] },
  })
}

/** What each limit of a call leaves, by its subject. */
async function readRooms(
  database: Database,
  call: { customerId: string; meter: string; subjects: string | null },
): Promise<Map<string, number>> {
  const rows = await database.query<{ subject: string; room: number }>({
    name: 'model.rooms',
    text: ROOMS,
    values: [call.customerId, call.meter, call.subjects],
  })
  return new Map(rows.map(({ subject, room }) => [subject, room]))
}

/** For a limit without a period, usage that has aged out is only in the limit's own counter. */
const ROOMS = `select s.subject, case when l.amount is null then 0 else greatest(0, l.amount - case
      when l.period is null and l.counted_from <= c.aged_until then l.spent
      else metering.charged_to_subject(c.bucket, c.customer_id, $2, s.subject, case
        when l.period is null then l.counted_from
        else metering.month_of(metering.clock())::timestamp at time zone 'UTC' end) end
    - (select coalesce(sum(case when o.meter = $2 then o.held else f.held end), 0)
       from metering.operation o
       left join metering.further_hold f on f.operation_id = o.operation_id and f.meter = $2
       where o.customer_id = c.customer_id and o.state = 'executing'
         and (s.subject = 'customer' or s.subject = any (string_to_array(o.subjects, ' '))))) end::integer as room
  from metering.customer c
  cross join unnest(string_to_array(concat_ws(' ', 'customer', $3::text), ' ')) s(subject)
  left join metering.spend_limit l
    on l.bucket = c.bucket and l.customer_id = c.customer_id and l.meter = $2 and l.subject = s.subject
  where c.customer_id = $1 and (l.amount is not null or s.subject like 'run:%') order by s.subject`
