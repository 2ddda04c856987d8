import type { Database } from '@tollgate/database'

const CUSTOMERS_MAX = 100_000
/** Rows per transaction, few enough that sorts fit into memory. */
const CHUNK = 1_000_000

/**
 * Writes settled and delivered operations in bulk, without triggers and foreign keys, which would take minutes and change nothing that is
 * read. They ended now, or spread evenly over these days, with the customers in turn.
 */
export async function fillHistory(
  database: Database,
  operations: number,
  { days = 0 } = {},
): Promise<void> {
  const customers = Math.min(operations, CUSTOMERS_MAX)
  await inBulk(database, CUSTOMERS, [customers])
  await inBulk(database, ACCOUNTS, [customers])
  for (let first = 0; first < operations; first += CHUNK) {
    const last = Math.min(first + CHUNK, operations)
    const values = days === 0 ? [operations / customers] : [operations, days, customers]
    await inBulk(database, days === 0 ? OPERATIONS : OPERATIONS_OVER_DAYS, [first, last, ...values])
  }
  // Outside a transaction; also sets hint bits, which the first reads would otherwise write.
  await database.query({ text: 'vacuum (analyze) metering.operation' })
  await database.query({ text: 'analyze metering.account, metering.customer' })
  await database.query({ text: 'checkpoint' })
}

function inBulk(database: Database, text: string, values: readonly number[]): Promise<void> {
  return database.transaction(async ({ query }) => {
    await query({ text: 'set local session_replication_role = replica' })
    await query({ text, values })
  })
}

const CUSTOMERS = `
  insert into metering.customer (bucket, customer_id, name, email, subscription_id, synced_at)
  select 0, 'past_' || i, 'past', 'past@bench.example', 'sub_' || i, now() from generate_series(1, $1::int) i`

const ACCOUNTS = `
  insert into metering.account (bucket, customer_id, meter, synced_balance, granted)
  select 0, 'past_' || i, 'api_calls', 1000000, 1000000 from generate_series(1, $1::int) i`

// Keys are random like digests, but written in order, which makes building their index much faster.
const OPERATIONS = `
  insert into metering.operation (bucket, operation_id, key, fingerprint, customer_id, meter, procedure, state, attempt, fence,
    held, charged, lease_until, deadline_at, created_at, started_at, ended_at)
  select 0, uuidv7(), k.key, k.key, 'past_' || (1 + floor((k.position + $1::bigint) / $3::float8))::bigint, 'api_calls', 'bench.pair',
    'settled', 1, 1, 1, 1, now(), now(), now(), now(), now()
  from (
    select gen_random_uuid() as key, i - 1 as position from generate_series(1, $2::bigint - $1::bigint) i order by 1
  ) k`

const OPERATIONS_OVER_DAYS = `
  insert into metering.operation (bucket, operation_id, key, fingerprint, customer_id, meter, procedure, state, attempt, fence,
    held, charged, lease_until, deadline_at, created_at, started_at, ended_at)
  select 0, uuidv7(), k.key, k.key, 'past_' || (1 + k.position % $5::bigint), 'api_calls', 'bench.pair',
    'settled', 1, 1, 1, 1, k.at, k.at, k.at, k.at, k.at
  from (
    select gen_random_uuid() as key, i - 1 + $1::bigint as position,
      now() - $4::float8 * (1 - (i - 1 + $1::bigint) / $3::float8) * interval '1 day' as at
    from generate_series(1, $2::bigint - $1::bigint) i) k`
