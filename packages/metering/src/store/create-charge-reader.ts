import { customerId, type CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { transactionIdOf } from '../keys/transaction-id.ts'
import { callForCustomer, callRoutine } from './call-routine.ts'
import {
  bucketOf,
  bucketsOf,
  type MeteringDatabase,
  openMeteringDatabase,
} from './metering-database.ts'

/** A settled charge, for comparison with the usage event at the backend. */
export type Charge = {
  transactionId: string
  operationId: string
  meter: string
  amount: number
  /** Null if it was admitted without reading the backend and no sync has succeeded since. */
  subscriptionId: string | null
  /** When the work was settled, in epoch milliseconds, as sent to the backend. */
  occurredAt: number
  /** Whether the backend has acknowledged it. */
  delivered: boolean
}

/** The end of a page of charges; more precise than milliseconds. */
export type ChargeCursor = { occurredAt: string; operationId: string; meter: string }

/** Which charges of a customer to read: settled from one instant until before another, in epoch milliseconds. */
export type ChargeQuery = {
  customerId: CustomerId
  from: number
  until: number
  after: ChargeCursor | null
  limit: number
}

/** Reads charges for comparison with the usage events at the backend. */
export type ChargeReader = {
  /**
   * A customer's charges, a page at a time, oldest first; `next` is null on the last page. Pages continue at a cursor, so charges settled
   * meanwhile shift nothing.
   */
  charges(query: ChargeQuery): Promise<{ charges: Charge[]; next: ChargeCursor | null }>
  /**
   * The time from which all of a customer's charges are known, in epoch milliseconds: earlier ones may have aged out; 0 when none has.
   */
  keptSince(customerId: CustomerId): Promise<number>
  /** The ids of known customers after the given one, in a stable order; start with ''. */
  customerIds(page: { after: string; limit: number }): Promise<CustomerId[]>
}

/** Makes a reader of charges; needs the server's secret, from which transaction ids are derived. */
export function createChargeReader(options: { database: Database; secret: string }): ChargeReader {
  const { database, secret } = options
  let opened: Promise<MeteringDatabase> | null = null
  async function inBuckets<Answer>(read: (database: MeteringDatabase) => Promise<Answer>) {
    opened ??= openMeteringDatabase(database)
    try {
      return await read(await opened)
    } catch (error) {
      opened = null
      throw error
    }
  }
  return {
    charges: (query) => inBuckets((metering) => readCharges(metering, query, secret)),
    keptSince: (customer) => inBuckets((metering) => readKeptSince(metering, customer)),
    customerIds: (page) => inBuckets((metering) => readCustomerIds(metering, page)),
  }
}

/** One bucket after another, each in its database's order. */
async function readCustomerIds(
  database: MeteringDatabase,
  { after, limit }: { after: string; limit: number },
): Promise<CustomerId[]> {
  const first = after === '' ? 0 : bucketOf(database, after)
  const ids: string[] = []
  for (const bucket of bucketsOf(database).slice(first)) {
    const args = [bucket, bucket === first ? after : '', limit - ids.length]
    ids.push(...(await callRoutine<string[]>(database, 'list_customer_ids', args)))
    if (ids.length === limit) break
  }
  return ids.map(customerId)
}

async function readKeptSince(database: MeteringDatabase, customer: CustomerId): Promise<number> {
  return (await callForCustomer<number | null>(database, 'read_kept_since', [customer])) ?? 0
}

async function readCharges(database: MeteringDatabase, query: ChargeQuery, secret: string) {
  const rows = await database.query<ChargeRow>({
    name: 'metering.list_charges',
    text: `select operation_id as "operationId", key, meter, amount, subscription_id as "subscriptionId",
        floor(extract(epoch from occurred_at) * 1000)::bigint as "occurredAt", delivered, transaction_id as "transactionId",
        occurred_at::text as "settledAt"
      from metering.list_charges($1::smallint, $2, to_timestamp(0) + $3::bigint * interval '1 millisecond',
        to_timestamp(0) + $4::bigint * interval '1 millisecond', $5::timestamptz, $6::uuid, $7, $8)`,
    values: [
      bucketOf(database, query.customerId),
      query.customerId,
      query.from,
      query.until,
      query.after?.occurredAt ?? null,
      query.after?.operationId ?? null,
      query.after?.meter ?? null,
      query.limit,
    ],
  })
  const last = rows.at(-1)
  const isFull = last !== undefined && rows.length === query.limit
  return {
    charges: rows.map((row) => toCharge(secret, row)),
    next: isFull
      ? { occurredAt: last.settledAt, operationId: last.operationId, meter: last.meter }
      : null,
  }
}

type ChargeRow = Omit<Charge, 'transactionId'> & {
  key: string
  transactionId: string | null
  settledAt: string
}

function toCharge(secret: string, { key, settledAt: _settledAt, ...row }: ChargeRow): Charge {
  const { meter } = row
  return { ...row, transactionId: row.transactionId ?? transactionIdOf(secret, { key, meter }) }
}
