import type { Database, Row, Statement } from '@tollgate/database'
import { digest } from '../../src/keys/digest.ts'
import { operationKeyOf } from '../../src/keys/operation-key.ts'
import { HOLDS } from '../../src/verify/holds.ts'
import { INVARIANTS } from '../../src/verify/invariants.ts'
import type { SettledOperation } from './history.ts'
import {
  toUndelivered,
  UNDELIVERED,
  type Undelivered,
  type UndeliveredRow,
} from './store-events.ts'

/** The name of a statement as a point for faults. */
export function pointOf({ name }: Statement): string {
  const [statement = '', batch] = (name ?? 'unnamed').replace('metering.', '').split(':')
  return batch ?? statement
}

/** Notifications are sent in real time and change nothing, so they are not part of a schedule. */
export const UNSCHEDULED_POINT = 'notify'

/** One account with the total ever charged to it. */
export type AccountStanding = {
  customerId: string
  meter: string
  synced: number
  unsynced: number
  held: number
  charged: number
  /** The last sync, in epoch milliseconds. */
  syncedAt: number | null
}

const ACCOUNTS = `select a.customer_id as "customerId", a.meter, a.synced_balance as synced, a.unsynced, a.held,
    coalesce(h.charged, 0)::bigint as charged, floor(extract(epoch from c.synced_at) * 1000)::bigint as "syncedAt"
  from metering.account a join metering.customer c using (bucket, customer_id)
  cross join lateral (
    select sum(h.charged) as charged
    from ${HOLDS} h where h.customer_id = a.customer_id and h.meter = a.meter) h`

/** Every account. */
export function readAccounts(database: Database): Promise<AccountStanding[]> {
  return database.query({ name: 'model.accounts', text: `${ACCOUNTS} order by 1, 2` })
}

/** Rows that break an invariant now, with its id; every account; every unacknowledged charge. */
export type Standing = {
  broken: { id: string; row: unknown }[]
  accounts: AccountStanding[]
  undelivered: Undelivered[]
}

/** Reads the current state, without the invariants that hold only at rest. */
export async function readStanding(
  database: Database,
  limits: { crashesMax: number },
): Promise<Standing> {
  const rows = await database.query<StandingRow>({
    name: 'model.standing',
    text: ALL_AT_ONCE,
    values: [limits.crashesMax],
  })
  const standing: Standing = { broken: [], accounts: [], undelivered: [] }
  for (const found of rows) {
    if (isAccount(found)) standing.accounts.push(found.row)
    else if (isUndelivered(found)) standing.undelivered.push(toUndelivered(found.row))
    else standing.broken.push(found)
  }
  return standing
}

type StandingRow = { id: string; row: unknown }

function isAccount(found: StandingRow): found is { id: string; row: AccountStanding } {
  return found.id === 'account'
}

function isUndelivered(found: StandingRow): found is { id: string; row: UndeliveredRow } {
  return found.id === 'undelivered'
}

/** While faults are on, work pending for an operator, the backend or the sweeper is no violation. */
const AT_REST_ONLY = new Set(['I20', 'I20b', 'I22'])

const ALL_AT_ONCE = [
  ...INVARIANTS.filter(({ id }) => !AT_REST_ONLY.has(id)),
  { id: 'I24', sql: `select * from metering.audit where transition = 'early'` },
  { id: 'I33', sql: `select * from metering.audit where transition = 'past the limit'` },
  { id: 'I27', sql: 'select operation_id, crashes from metering.operation where crashes > $1' },
  {
    id: 'I32',
    // Nothing expires or renews here, so what is left is the grant at the last sync less every charge.
    sql: `select a.customer_id, a.meter, a.granted, a.synced_balance, a.unsynced, h.charged
      from metering.account a
      cross join lateral (select coalesce(sum(h.charged), 0) as charged from ${HOLDS} h
                          where h.customer_id = a.customer_id and h.meter = a.meter) h
      where a.synced_balance - a.unsynced <> a.granted - h.charged
        -- Another client used our id first: their credits are gone, and so are ours. And what was quarantined while it was not
        -- known whether the backend has it is for a person to see to.
        and not exists (select 1 from metering.outbox e
                        where e.customer_id = a.customer_id and e.meter = a.meter
                          and (e.reason like 'the backend holds%' or e.quarantined and e.unanswered > 0))`,
  },
  { id: 'account', sql: ACCOUNTS },
  { id: 'undelivered', sql: UNDELIVERED },
]
  .map(({ id, sql }) => `select '${id}' as id, to_jsonb(v) as row from (${sql}) v`)
  .join(' union all ')

/** The name of a customer's key for a procedure in `readOperations`. */
export function scopeOf(call: { customerId: string; procedure: string; key: string }): string {
  return `${call.customerId} ${operationKeyOf({ ...call, keyHash: digest(call.key) })}`
}

/** Every operation with its charge; its scope is null once its key was purged. */
export async function readOperations(database: Database): Promise<SettledOperation[]> {
  const rows = await database.query<{ operations: SettledOperation[] | null }>({
    text: `select jsonb_agg(jsonb_build_object('scope', case when o.key <> o.operation_id then o.customer_id || ' ' || replace(o.key::text, '-', '') end,
        'operationId', o.operation_id, 'state', o.state,
        'charges', (select jsonb_object_agg(h.meter, h.charged) from ${HOLDS} h
                    where h.operation_id = o.operation_id and h.charged > 0)) order by o.operation_id) as operations
      from metering.operation o`,
  })
  return rows.flatMap(({ operations }) =>
    (operations ?? []).map((operation) => ({ ...operation, charges: operation.charges ?? {} })),
  )
}

/** Operations that are still executing. */
export function readOpenOperations(database: Database): Promise<Row[]> {
  return database.query({
    text: `select operation_id, lease_until from metering.operation where state = 'executing'`,
  })
}

/** Replays quarantined events, except for those whose ids the backend has with another amount. */
export async function replayQuarantined(
  database: Database,
  exceptIds: ReadonlySet<string>,
): Promise<void> {
  await database.query({
    text: `update metering.outbox set quarantined = false, refusals = 0, next_at = metering.clock()
      where quarantined and transaction_id <> all ($1)`,
    values: [[...exceptIds]],
  })
}
