import type { Database } from '@tollgate/database'
import { transactionIdOf } from '../../src/keys/transaction-id.ts'
import { HOLDS } from '../../src/verify/holds.ts'
import { MODEL_SECRET } from './model-secret.ts'

/** A charge that the backend has not acknowledged. */
export type Undelivered = {
  customerId: string
  meter: string
  transactionId: string
  amount: number
  occurredAt: number
  isQuarantined: boolean
  /** Quarantined while it is unknown whether the backend has it. */
  isInDoubt: boolean
  /** Quarantined because the backend has another amount under its id. */
  isDisputed: boolean
}

/** The same charge as a row of the store. */
export type UndeliveredRow = Omit<Undelivered, 'transactionId'> & ChargedRow

/** Selects every charge that the backend has not acknowledged. */
export const UNDELIVERED = `select e.customer_id as "customerId", e.meter, o.key, o.operation_id as "operationId", e.amount,
    floor(extract(epoch from e.occurred_at) * 1000)::bigint as "occurredAt",
    e.quarantined as "isQuarantined", e.quarantined and e.unanswered > 0 as "isInDoubt",
    e.quarantined and e.reason like 'the backend holds%' as "isDisputed"
  from metering.outbox e join metering.operation o using (bucket, operation_id)`

/** Every charge that the backend has not acknowledged. */
export async function readUndelivered(database: Database): Promise<Undelivered[]> {
  const rows = await database.query<UndeliveredRow>({
    name: 'model.undelivered',
    text: `${UNDELIVERED} order by o.key, e.meter`,
  })
  return rows.map(toUndelivered)
}

/** Derives the transaction id that a charge is delivered under. */
export function toUndelivered(row: UndeliveredRow): Undelivered {
  return { ...row, transactionId: transactionOf(row) }
}

/** A charge that the backend has acknowledged. */
export type DeliveredCharge = { customerId: string; amount: number; occurredAt: number }

/** Every charge whose usage event the backend has acknowledged, by transaction id and meter. */
export async function readDelivered(database: Database): Promise<Map<string, DeliveredCharge>> {
  const rows = await database.query<ChargedRow & DeliveredCharge>({
    name: 'model.delivered',
    text: `select h.customer_id as "customerId", h.key, h.operation_id as "operationId", h.meter, h.charged as amount,
        floor(extract(epoch from h.ended_at) * 1000)::bigint as "occurredAt"
      from ${HOLDS} h
      where h.charged > 0 and not exists (select 1 from metering.outbox e
        where e.operation_id = h.operation_id and e.meter = h.meter)
      order by h.key, h.meter`,
  })
  return new Map(
    rows.map(({ customerId, amount, occurredAt, ...row }) => [
      eventKeyOf(row),
      { customerId, amount, occurredAt },
    ]),
  )
}

/** The time since which every charge is kept, for customers some of whose charges have aged out. */
export async function readKeptSince(database: Database): Promise<Map<string, number>> {
  const rows = await database.query<{ customerId: string; since: number }>({
    text: `select customer_id as "customerId", floor(extract(epoch from aged_until) * 1000)::bigint + 1 as since
      from metering.customer where aged_until is not null order by customer_id`,
  })
  return new Map(rows.map(({ customerId, since }) => [customerId, since]))
}

/** The transaction ids and meters under which operations that are still executing will be charged. */
export async function readExecuting(database: Database): Promise<Set<string>> {
  const rows = await database.query<ChargedRow>({
    text: `select h.key, h.operation_id as "operationId", h.meter from ${HOLDS} h where h.state = 'executing'`,
  })
  return new Set(rows.map(eventKeyOf))
}

function eventKeyOf(row: ChargedRow): string {
  return `${transactionOf(row)} ${row.meter}`
}

type ChargedRow = { key: string; operationId: string; meter: string }

function transactionOf(row: ChargedRow): string {
  return transactionIdOf(MODEL_SECRET, row)
}
