import { HOLDS } from './holds.ts'

/** A condition that must hold at any time, as a query that returns the rows that violate it. */
export type Invariant = { id: string; title: string; sql: string }

/**
 * Everything that must be true of metering's stored state at any time, whatever has failed. The numbers are those of the reliability
 * programme; the ledger checks those on grants and double entry.
 *
 * @example
 * const offending = await database.query({ text: INVARIANTS[0].sql })
 */
export const INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1',
    title: 'every account belongs to a customer, and every row to a bucket of this database',
    sql: `select a.customer_id, a.meter from metering.account a
      where not exists (select 1 from metering.customer c where c.bucket = a.bucket and c.customer_id = a.customer_id)
         or not exists (select 1 from metering.bucket b where b.bucket = a.bucket)`,
  },
  {
    id: 'I2',
    title: 'nothing counted is negative',
    sql: `select customer_id, meter from metering.account
      where least(held, unsynced, granted, degraded) < 0`,
  },
  {
    id: 'I3',
    title: 'an account holds exactly what its executing operations hold',
    sql: `select a.customer_id, a.meter, a.held, coalesce(h.held, 0) as of_operations
      from metering.account a
      left join (select h.customer_id, h.meter, sum(h.held) as held
                 from ${HOLDS} h where h.state = 'executing' group by 1, 2) h using (customer_id, meter)
      where a.held <> coalesce(h.held, 0)`,
  },
  {
    id: 'I3b',
    title:
      'a further hold belongs to an operation that has several meters, and is charged exactly when it is',
    sql: `select f.operation_id, f.meter, f.charged, o.state
      from metering.further_hold f left join metering.operation o using (bucket, operation_id)
      where o.operation_id is null or not o.further or o.meter = f.meter
         or (f.charged is not null) <> (o.state = 'settled')`,
  },
  {
    id: 'I4',
    title: 'what an account has not synced is exactly what the backend has not confirmed',
    sql: `select a.customer_id, a.meter, a.unsynced, coalesce(e.amount, 0) as of_events
      from metering.account a
      left join (select customer_id, meter, sum(amount) as amount
                 from metering.outbox group by 1, 2) e using (customer_id, meter)
      where a.unsynced <> coalesce(e.amount, 0)`,
  },
  {
    id: 'I5',
    title: 'every usage event that waits is a charge of its amount',
    sql: `select e.customer_id, e.operation_id, e.meter, h.charged, e.amount
      from metering.outbox e
      left join ${HOLDS} h using (bucket, customer_id, operation_id, meter)
      where h.charged is distinct from e.amount`,
  },
  {
    id: 'I6',
    title: 'an operation that failed or expired has no usage event',
    sql: `select e.customer_id, e.operation_id, o.state
      from metering.outbox e join metering.operation o using (bucket, operation_id)
      where o.state <> 'settled'`,
  },
  {
    id: 'I11',
    title:
      'a key of a customer and procedure belongs to one operation, and a charged one keeps its key',
    sql: `select customer_id, procedure, min(operation_id::text) as operation_id from metering.operation
      group by bucket, customer_id, procedure, key having count(*) > 1`,
  },
  {
    id: 'I12',
    title: 'no account holds more than was there, unless its plan has no limit',
    sql: `select a.customer_id, a.meter, a.synced_balance, a.unsynced, a.held
      from metering.account a join metering.customer c using (bucket, customer_id)
      where a.held > 0 and not a.unlimited and not a.soft_limit and a.degraded = 0
        and c.synced_at is not null
        and a.synced_balance - a.unsynced - a.held < 0
        -- A balance that sank at the backend while work was running is not overspending.
        and exists (select 1 from ${HOLDS} h
                    where h.bucket = a.bucket and h.customer_id = a.customer_id and h.meter = a.meter
                      and h.state = 'executing' and not h.degraded and h.started_at > c.applied_at)`,
  },
  {
    id: 'I15',
    title: 'the guards that keep charges from being rewritten are enabled',
    sql: `select guard from unnest(array['guard_account', 'guard_operation', 'guard_operation_begins',
        'guard_operation_itself', 'guard_operation_charge', 'guard_operation_key', 'guard_operation_kept', 'guard_aged_key', 'guard_outbox', 'guard_outbox_kept',
        'guard_outbox_subscription', 'guard_provider_cost', 'note_spending']) guard
      where not exists (select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid
                        where t.tgname = guard and t.tgenabled <> 'D' and c.relnamespace = 'metering'::regnamespace)`,
  },
  {
    id: 'I17',
    title: 'what is charged is what was held, or what was reported within the funds',
    sql: `select h.customer_id, h.operation_id, h.charged, h.held, h.overrun
      from ${HOLDS} h where h.overrun > 0 and h.charged < h.held`,
  },
  {
    id: 'I19',
    title: 'an operation that ended has an end, and its attempts never outran its fence',
    sql: `select customer_id, operation_id, state, attempt, fence from metering.operation
      where fence < attempt or (state = 'executing') <> (ended_at is null)`,
  },
  {
    id: 'I20',
    title: 'no operation outlives its lease by more than two minutes',
    sql: `select customer_id, operation_id, lease_until from metering.operation
      where state = 'executing' and lease_until < metering.clock() - interval '2 minutes'`,
  },
  {
    id: 'I20b',
    title: 'no usage event has waited for an hour',
    sql: `select customer_id, operation_id, meter, amount, occurred_at, sendings, reason from metering.outbox
      where not quarantined and occurred_at < metering.clock() - interval '1 hour'`,
  },
  {
    id: 'I21',
    title: 'a usage event is charged to the subscription its operation was placed under',
    sql: `select e.customer_id, e.operation_id
      from metering.outbox e join metering.operation o using (bucket, operation_id)
      where o.subscription_id is not null and e.subscription_id is distinct from o.subscription_id`,
  },
  {
    id: 'I22',
    title: 'no usage event is quarantined',
    sql: `select customer_id, operation_id, transaction_id, meter, amount, reason from metering.outbox
      where quarantined`,
  },
  {
    id: 'I40',
    title:
      'an operation that came to the result of another was charged nothing, and the other was charged',
    sql: `select h.customer_id, h.operation_id, h.charged, o.charged_by
      from ${HOLDS} h join metering.operation o using (bucket, operation_id)
      where o.charged_by is not null and (h.charged > 0 or o.charge_key is not null or not exists (
        select 1 from metering.operation c
        where c.bucket = o.bucket and c.operation_id = o.charged_by and c.charge_key is not null and c.state = 'settled')
        and not exists (select 1 from metering.aged_key k where k.bucket = o.bucket and k.operation_id = o.charged_by))`,
  },
  {
    id: 'I41',
    title:
      'a limit has counted what its subject was charged, what has aged out included, and its account is marked as limited',
    sql: `select l.customer_id, l.meter, l.subject, l.spent, c.charged, a.limited
      from metering.spend_limit l
      join metering.account a using (bucket, customer_id, meter)
      join metering.customer cu using (bucket, customer_id)
      cross join lateral (
        select coalesce(sum(h.charged), 0) as charged from ${HOLDS} h
        where h.bucket = l.bucket and h.customer_id = l.customer_id and h.meter = l.meter and h.ended_at >= l.counted_from
          and (l.subject = 'customer' or l.subject = any (string_to_array(h.subjects, ' ')))) c
      where l.spent < c.charged or not a.limited
        or l.spent > c.charged and l.counted_from > coalesce(cu.aged_until, '-infinity')`,
  },
  {
    id: 'I42',
    title:
      'a key that has aged out belongs to no operation, neither as its key nor as what it was charged for',
    sql: `select o.customer_id, o.operation_id, k.operation_id as aged_operation_id
      from metering.aged_key k join metering.operation o on o.bucket = k.bucket and k.key in (o.key, o.charge_key)`,
  },
  {
    id: 'I43',
    title: 'what a provider was paid belongs to an attempt that an operation has had',
    sql: `select c.operation_id, c.fence, c.model, o.fence as fence_of_operation
      from metering.provider_cost c left join metering.operation o using (bucket, operation_id)
      where o.operation_id is null or c.fence > o.fence`,
  },
]
