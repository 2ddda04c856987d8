import { INVARIANTS } from '../src/verify/invariants.ts'
import { OPEN_MAX } from './attempt.ts'
import { grantedOf } from './books.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

/** What waits for a person, the backend or the sweeper is no violation while faults are on. */
const AT_REST_ONLY = new Set(['I20', 'I20b', 'I22'])

/** Checks in two round trips that the books are right at this very moment. */
export async function checkBooks(world: World): Promise<void> {
  const { broken } = world
  if (broken instanceof Error) {
    const constraint = 'constraint' in broken ? String(broken.constraint) : 'unknown'
    throw new Violation(`guard ${constraint}`, broken.message, null)
  }
  const rows = await world.scratch.database.query<{ id: string; row: unknown }>({
    name: 'model.check_books',
    text: ALL_AT_ONCE,
  })
  const first = rows[0]
  if (first) {
    const title = INVARIANTS.find(({ id }) => id === first.id)?.title ?? OURS[first.id] ?? ''
    throw new Violation(first.id, title, rows.slice(0, 3))
  }
  await checkNoHope(world)
}

/** What only a model can say, because it knows its policy. */
const OURS: Record<string, string> = {
  I24: 'nothing expires before its lease has run out',
  I27: 'an operation that ends its process is parked after three times',
  I29: 'what is let in blindly is bounded',
  I33: 'nobody sets more aside in a month than they allowed themselves',
  I32: 'no charge is counted twice, or not at all, against a balance that was read',
}

const ALL_AT_ONCE = [
  ...INVARIANTS.filter(({ id }) => !AT_REST_ONLY.has(id)),
  { id: 'I24', sql: `select * from metering.audit where transition = 'early'` },
  { id: 'I33', sql: `select * from metering.audit where transition = 'past the cap'` },
  { id: 'I27', sql: 'select operation_id, crashes from metering.operation where crashes > 3' },
  {
    id: 'I29',
    sql: `select customer_id, meter, degraded from metering.account where degraded > ${OPEN_MAX}`,
  },
  {
    id: 'I32',
    // Nothing expires or renews in here, so what is left is what was granted when the balance was read, less every charge.
    sql: `select a.customer_id, a.meter, a.granted, a.synced_balance, a.unsynced, h.charged
      from metering.account a
      cross join lateral (select coalesce(sum(h.charged), 0) as charged from metering.hold h
                          where h.customer_id = a.customer_id and h.meter = a.meter and h.state = 'charged') h
      where a.synced_balance - a.unsynced <> a.granted - h.charged
        -- Somebody else used our id first: their credits are gone, and so are ours. And what was set aside while nobody knew
        -- whether the backend has it is for a person to see to.
        and not exists (select 1 from metering.usage_event e
                        where e.customer_id = a.customer_id and e.meter = a.meter
                          and (e.reason like 'the backend holds%' or e.state = 'quarantined' and e.in_doubt))`,
  },
]
  .map(({ id, sql }) => `select '${id}' as id, to_jsonb(v) as row from (${sql}) v`)
  .join(' union all ')

/** An account may say less than the truth for a while, never more: more would be somebody else's money. */
async function checkNoHope(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{
    customer_id: string
    meter: 'ai_tokens'
    left: number
    charged: number
    never_read: boolean
  }>({
    name: 'model.check_no_hope',
    text: `select a.customer_id, a.meter, a.synced_balance - a.unsynced as left, c.synced_at is null as never_read,
        coalesce((select sum(h.charged) from metering.hold h
                  where h.customer_id = a.customer_id and h.meter = a.meter and h.state = 'charged'), 0)::bigint as charged
      from metering.account a join metering.customer c using (customer_id)`,
  })
  for (const { customer_id: customerId, meter, left, charged } of rows) {
    const truth = grantedOf(world, customerId, meter) - charged
    if (left > truth)
      throw new Violation('I26', 'an account never says more than the truth', {
        customerId,
        meter,
        left,
        truth,
      })
  }
}
