import type { MeterSlug } from '@tollgate/contract'
import type { Database, Row, Statement } from '@tollgate/database'
import { INVARIANTS } from '../src/verify/invariants.ts'
import type { SettledOperation } from './history.ts'

/** What a statement is called among the points at which faults strike. */
export function pointOf({ name }: Statement): string {
  return (name ?? 'unnamed').replace('metering.', '')
}

/** Announcing is sent on real time and changes nothing; it is no part of a schedule. */
export const UNSCHEDULED_POINT = 'announce'

/** A hold that was refused for want of credits. */
export type Refusal = { customerId: string; meter: MeterSlug; required: number }

/** The holds that a statement refused for want of credits. */
export function refusalsOf(statement: Statement, rows: readonly Row[]): Refusal[] {
  if (pointOf(statement) !== 'place_holds') return []
  const calls: { customerId: string }[] = JSON.parse(String(statement.values?.[0]))
  const answers: unknown = rows[0]?.['answers']
  if (!Array.isArray(answers)) throw new Error('Placing no longer answers as this oracle expects.')
  return answers.flatMap(({ outcome, meter, required }, index) =>
    outcome === 'insufficient'
      ? [{ customerId: calls[index]?.customerId ?? '', meter, required }]
      : [],
  )
}

/** Every charge and every hold of an account; what is quarantined in doubt counts twice, until a person has seen to it. */
export async function readTaken(
  database: Database,
  { customerId, meter }: { customerId: string; meter: MeterSlug },
): Promise<number> {
  const rows = await database.query<{ taken: number }>({
    name: 'model.taken',
    text: `select coalesce(sum(case h.state when 'held' then h.amount when 'charged' then h.charged else 0 end), 0)::bigint
        + coalesce(sum(e.amount), 0)::bigint as taken
      from metering.hold h
      left join metering.usage_event e on e.customer_id = h.customer_id and e.operation_id = h.operation_id
        and e.meter = h.meter and e.state = 'quarantined' and e.in_doubt
      where h.customer_id = $1 and h.meter = $2`,
    values: [customerId, meter],
  })
  return rows[0]?.taken ?? 0
}

/** One account beside what was ever charged to it. */
export type AccountStanding = {
  customerId: string
  meter: MeterSlug
  synced: number
  unsynced: number
  held: number
  charged: number
  /** Charged without what was let in while the backend could not be asked. */
  certain: number
}

const ACCOUNTS = `select a.customer_id as "customerId", a.meter, a.synced_balance as synced, a.unsynced, a.held,
    coalesce(h.charged, 0)::bigint as charged, coalesce(h.certain, 0)::bigint as certain
  from metering.account a
  cross join lateral (
    select sum(h.charged) as charged, sum(h.charged) filter (where not o.degraded) as certain
    from metering.hold h join metering.operation o using (customer_id, operation_id)
    where h.customer_id = a.customer_id and h.meter = a.meter and h.state = 'charged') h`

/** Every account there is. */
export function readAccounts(database: Database): Promise<AccountStanding[]> {
  return database.query({ name: 'model.accounts', text: `${ACCOUNTS} order by 1, 2` })
}

/** Rows that break an invariant right now, with its id, and every account; what needs rest is not asked. */
export async function readStanding(
  database: Database,
  limits: { openMax: number; crashesMax: number },
): Promise<{ broken: { id: string; row: unknown }[]; accounts: AccountStanding[] }> {
  const rows = await database.query<
    { id: string; row: unknown } | { id: 'account'; row: AccountStanding }
  >({
    name: 'model.standing',
    text: ALL_AT_ONCE,
    values: [limits.openMax, limits.crashesMax],
  })
  return {
    broken: rows.filter(({ id }) => id !== 'account'),
    accounts: rows.flatMap((found) => (isAccount(found) ? [found.row] : [])),
  }
}

function isAccount(found: {
  id: string
  row: unknown
}): found is { id: 'account'; row: AccountStanding } {
  return found.id === 'account'
}

/** What waits for a person, the backend or the sweeper is no violation while faults are on. */
const AT_REST_ONLY = new Set(['I20', 'I20b', 'I22'])

const ALL_AT_ONCE = [
  ...INVARIANTS.filter(({ id }) => !AT_REST_ONLY.has(id)),
  { id: 'I24', sql: `select * from metering.audit where transition = 'early'` },
  { id: 'I33', sql: `select * from metering.audit where transition = 'past the cap'` },
  { id: 'I27', sql: 'select operation_id, crashes from metering.operation where crashes > $2' },
  {
    id: 'I29',
    sql: 'select customer_id, meter, degraded from metering.account where degraded > $1',
  },
  {
    id: 'I32',
    // Nothing expires or renews in here, so what is left is what was granted when the balance was read, less every charge.
    sql: `select a.customer_id, a.meter, a.granted, a.synced_balance, a.unsynced, h.charged
      from metering.account a
      cross join lateral (select coalesce(sum(h.charged), 0) as charged from metering.hold h
                          where h.customer_id = a.customer_id and h.meter = a.meter and h.state = 'charged') h
      where a.synced_balance - a.unsynced <> a.granted - h.charged
        -- Another client used our id first: their credits are gone, and so are ours. And what was quarantined while it was not
        -- known whether the backend has it is for a person to see to.
        and not exists (select 1 from metering.usage_event e
                        where e.customer_id = a.customer_id and e.meter = a.meter
                          and (e.reason like 'the backend holds%' or e.state = 'quarantined' and e.in_doubt))`,
  },
  { id: 'account', sql: ACCOUNTS },
]
  .map(({ id, sql }) => `select '${id}' as id, to_jsonb(v) as row from (${sql}) v`)
  .join(' union all ')

/** Every operation whose key is still known, with what it was charged. */
export async function readOperations(database: Database): Promise<SettledOperation[]> {
  const rows = await database.query<{ operations: SettledOperation[] | null }>({
    text: `select jsonb_agg(jsonb_build_object('scope', o.customer_id || ' ' || o.procedure || ' ' || o.key_hash,
        'operationId', o.operation_id, 'state', o.state,
        'charges', (select jsonb_object_agg(e.meter, e.amount) from metering.usage_event e
                    where e.customer_id = o.customer_id and e.operation_id = o.operation_id)) order by o.operation_id) as operations
      from metering.operation o where o.key_hash is not null`,
  })
  return (rows[0]?.operations ?? []).map((operation) => ({
    ...operation,
    charges: operation.charges ?? {},
  }))
}

/** Operations that are still executing. */
export function readOpenOperations(database: Database): Promise<Row[]> {
  return database.query({
    text: `select operation_id, lease_until from metering.operation where state = 'executing'`,
  })
}

/** The amount of every delivered usage event, by transaction id and meter. */
export async function readDelivered(database: Database): Promise<Map<string, number>> {
  const rows = await database.query<{ key: string; amount: number }>({
    text: `select transaction_id || ' ' || meter as key, amount from metering.usage_event where state = 'delivered' order by 1`,
  })
  return new Map(rows.map(({ key, amount }) => [key, amount]))
}

/** Sends quarantined events again, but for those whose ids the backend has from another client. */
export async function replayQuarantined(
  database: Database,
  exceptIds: ReadonlySet<string>,
): Promise<void> {
  await database.query({
    text: `update metering.usage_event set state = 'pending', refusals = 0, next_at = metering.clock()
      where state = 'quarantined' and transaction_id <> all ($1)`,
    values: [[...exceptIds]],
  })
}
