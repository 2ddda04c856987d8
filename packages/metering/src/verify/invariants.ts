/** A statement about the books that must hold at any moment, as a query that returns the rows for which it does not. */
export type Invariant = { id: string; title: string; sql: string }

/**
 * Everything that must be true of the books at any moment, whatever has failed. The numbers are those of the reliability
 * programme; what it says of grants and double entry is the ledger's to keep.
 *
 * @example
 * const offending = await database.query({ text: INVARIANTS[0].sql })
 */
export const INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1',
    title: 'every account belongs to a customer',
    sql: `select a.customer_id, a.meter from metering.account a
      where not exists (select 1 from metering.customer c where c.customer_id = a.customer_id)`,
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
      left join (select h.customer_id, h.meter, sum(h.amount) as held
                 from metering.hold h where h.state = 'held' group by 1, 2) h using (customer_id, meter)
      where a.held <> coalesce(h.held, 0)`,
  },
  {
    id: 'I3b',
    title: 'a hold is held exactly while its operation executes',
    sql: `select h.customer_id, h.operation_id, h.meter, h.state, o.state as operation_state
      from metering.hold h join metering.operation o using (customer_id, operation_id)
      where (h.state = 'held') <> (o.state = 'executing')
         or (h.state = 'charged' and o.state <> 'settled')`,
  },
  {
    id: 'I4',
    title: 'what an account has not synced is exactly what the backend has not confirmed',
    sql: `select a.customer_id, a.meter, a.unsynced, coalesce(e.amount, 0) as of_events
      from metering.account a
      left join (select customer_id, meter, sum(amount) as amount
                 from metering.usage_event where state <> 'delivered' group by 1, 2) e using (customer_id, meter)
      where a.unsynced <> coalesce(e.amount, 0)`,
  },
  {
    id: 'I5',
    title: 'every charge has exactly one usage event of its amount, and every event its charge',
    sql: `select coalesce(h.customer_id, e.customer_id) as customer_id,
        coalesce(h.operation_id, e.operation_id) as operation_id, h.charged, e.amount
      from (select * from metering.hold where charged > 0) h
      full join metering.usage_event e using (customer_id, operation_id, meter)
      where h.charged is distinct from e.amount or h.transaction_id is distinct from e.transaction_id`,
  },
  {
    id: 'I6',
    title: 'an operation that failed or expired has no usage event',
    sql: `select e.customer_id, e.transaction_id, o.state
      from metering.usage_event e join metering.operation o using (customer_id, operation_id)
      where o.state <> 'settled'`,
  },
  {
    id: 'I7',
    title: 'a transaction id is used once, whoever the customer',
    sql: `select transaction_id, count(*) from metering.usage_event group by 1 having count(*) > 1`,
  },
  {
    id: 'I11',
    title: 'a key of a customer and procedure belongs to one operation',
    sql: `select customer_id, procedure, key_hash from metering.operation
      where key_hash is not null group by 1, 2, 3 having count(*) > 1`,
  },
  {
    id: 'I12',
    title: 'nobody holds more than was there, unless the plan or an outage allows it',
    sql: `select a.customer_id, a.meter, a.synced_balance, a.unsynced, a.held
      from metering.account a join metering.customer c using (customer_id)
      where a.held > 0 and not a.unlimited and not a.soft_limit and a.degraded = 0
        and c.synced_at is not null
        and a.synced_balance - a.unsynced - a.held < 0
        -- A balance that sank at the backend while work was running is not overspending.
        and exists (select 1 from metering.operation o join metering.hold h using (customer_id, operation_id)
                    where o.customer_id = a.customer_id and h.meter = a.meter and h.state = 'held'
                      and not o.degraded and o.started_at > c.applied_at)`,
  },
  {
    id: 'I15',
    title: 'the guards that keep charges from being rewritten are awake',
    sql: `select guard from unnest(array['guard_account', 'guard_operation', 'guard_usage_event', 'note_doubt', 'note_spending']) guard
      where not exists (select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid
                        where t.tgname = guard and t.tgenabled <> 'D' and c.relnamespace = 'metering'::regnamespace)`,
  },
  {
    id: 'I17',
    title: 'what is charged is what was held, or what was reported within the funds',
    sql: `select h.customer_id, h.operation_id, h.charged, h.amount, h.overrun
      from metering.hold h where h.overrun > 0 and h.charged < h.amount`,
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
    sql: `select customer_id, transaction_id, meter, amount, occurred_at, sendings, reason from metering.usage_event
      where state = 'pending' and occurred_at < metering.clock() - interval '1 hour'`,
  },
  {
    id: 'I21',
    title: 'a usage event is charged to the subscription its operation was placed under',
    sql: `select e.customer_id, e.transaction_id
      from metering.usage_event e join metering.operation o using (customer_id, operation_id)
      where o.subscription_id is not null and e.subscription_id is distinct from o.subscription_id`,
  },
  {
    id: 'I22',
    title: 'no usage event waits for a person',
    sql: `select customer_id, transaction_id, meter, amount, reason from metering.usage_event
      where state = 'quarantined'`,
  },
]
