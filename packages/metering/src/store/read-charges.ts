import { customerId, type CustomerId, type MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A settled charge as a reconciliation compares it with the usage event at the backend. */
export type Charge = {
  transactionId: string
  operationId: string
  meter: MeterSlug
  amount: number
  /** Null while it was let in without asking the backend and no sync has succeeded since. */
  subscriptionId: string | null
  /** When the work was settled, epoch milliseconds, as it is delivered. */
  occurredAt: number
  /** Whether the backend has confirmed it. */
  delivered: boolean
}

/** Where a page of charges ended; more precise than milliseconds. */
export type ChargeCursor = { occurredAt: string; operationId: string; meter: string }

/** Which charges of a customer to read: settled from one instant up to, not including, another, in epoch milliseconds. */
export type ChargeQuery = {
  customerId: CustomerId
  from: number
  until: number
  after: ChargeCursor | null
  limit: number
}

/**
 * Reads a customer's charges, a page at a time, oldest first; `next` is null on the last page. Pages name a place, so
 * charges that are settled meanwhile move nothing.
 */
export async function readCharges(
  database: Database,
  query: ChargeQuery,
): Promise<{ charges: Charge[]; next: ChargeCursor | null }> {
  const rows = await database.query<Charge & { settledAt: string }>({
    name: 'metering.read_charges',
    text: `select transaction_id as "transactionId", operation_id as "operationId", meter, amount,
             subscription_id as "subscriptionId", floor(extract(epoch from occurred_at) * 1000)::bigint as "occurredAt",
             state = 'delivered' as delivered, occurred_at::text as "settledAt"
           from metering.usage_event
           where customer_id = $1
             and occurred_at >= to_timestamp(0) + $2::bigint * interval '1 millisecond'
             and occurred_at < to_timestamp(0) + $3::bigint * interval '1 millisecond'
             and (occurred_at, operation_id, meter) > ($4::timestamptz, $5::text, $6::text)
           order by occurred_at, operation_id, meter limit $7`,
    values: [
      query.customerId,
      query.from,
      query.until,
      query.after?.occurredAt ?? '-infinity',
      query.after?.operationId ?? '',
      query.after?.meter ?? '',
      query.limit,
    ],
  })
  const last = rows.at(-1)
  const isFull = last !== undefined && rows.length === query.limit
  return {
    charges: rows.map(({ settledAt: _settledAt, ...charge }) => charge),
    next: isFull
      ? { occurredAt: last.settledAt, operationId: last.operationId, meter: last.meter }
      : null,
  }
}

/** Reads the ids of known customers after the given one, in order. */
export async function readCustomerIds(
  database: Database,
  page: { after: string; limit: number },
): Promise<CustomerId[]> {
  const rows = await database.query<{ customerId: string }>({
    name: 'metering.read_customer_ids',
    text: `select customer_id as "customerId" from metering.customer
           where customer_id > $1 order by customer_id limit $2`,
    values: [page.after, page.limit],
  })
  return rows.map((row) => customerId(row.customerId))
}
