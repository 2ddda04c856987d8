import type { Selectable } from 'kysely'
import { scopeOf } from './customer-scope.ts'
import { jsonValue } from './json-value.ts'
import type { LedgerTransaction } from './ledger-transaction.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

/** The columns of `PaymentRow`. */
export const PAYMENT_COLUMNS = [
  'id',
  'reason',
  'status',
  'amount',
  'currency',
  'refundedAmount',
  'subscriptionId',
  'checkoutSessionId',
  'billingPeriodId',
  'invoiceId',
  'attempt',
  'failure',
  'providerReference',
  'detail',
  'slot',
  'refundDueAt',
  'nextAttemptAt',
  'createdAt',
] as const

/** A stored payment. */
export type PaymentRow = Pick<Selectable<Tables['payment']>, (typeof PAYMENT_COLUMNS)[number]>

/** A payment to insert. */
export type NewPayment = Pick<PaymentRow, 'reason' | 'amount' | 'currency'> & {
  invoiceId: string
  subscriptionId?: string | undefined
  checkoutSessionId?: string
  billingPeriodId?: string
  detail?: NonNullable<PaymentRow['detail']>
  /** What is paid for: only one payment per purpose is pending at a time. */
  slot?: string
  /** The provider's reference when already taken; otherwise it is pending. */
  takenAs?: string
  /** The payment bought nothing and must be refunded. */
  refund?: boolean
}

/** Inserts a payment that was taken, or one to collect. */
export async function insertPayment(tx: LedgerTransaction, payment: NewPayment): Promise<string> {
  const { now } = tx
  const { detail, takenAs, refund, ...columns } = payment
  const id = tx.ledger.newId('pmt')
  await typed(tx)
    .insertInto('payment')
    .values({
      ...columns,
      ...scopeOf(tx),
      id,
      status: takenAs === undefined ? 'pending' : 'succeeded',
      providerReference: takenAs,
      nextAttemptAt: takenAs === undefined ? now : null,
      detail: jsonValue(detail),
      refundDueAt: refund ? now : null,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
  return id
}

/** Reads a pending payment, or null. */
export async function readPendingPayment(tx: LedgerTransaction): Promise<PaymentRow | null> {
  const row = await typed(tx)
    .selectFrom('payment')
    .select(PAYMENT_COLUMNS)
    .where(({ and }) => and({ ...scopeOf(tx), status: 'pending' }))
    .orderBy('createdAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Reads the pending payment for one purpose, or null. */
export async function readPendingIn(
  tx: LedgerTransaction,
  slot: string,
): Promise<PaymentRow | null> {
  const row = await typed(tx)
    .selectFrom('payment')
    .select(PAYMENT_COLUMNS)
    .where(({ and }) => and({ organizationId: tx.organizationId, slot, status: 'pending' }))
    .executeTakeFirst()
  return row ?? null
}

/** Reads a refund that is due, or null. */
export async function readDueRefund(tx: LedgerTransaction): Promise<PaymentRow | null> {
  const row = await typed(tx)
    .selectFrom('payment')
    .select(PAYMENT_COLUMNS)
    .where(({ and }) => and(scopeOf(tx)))
    .where('refundDueAt', '<=', tx.now)
    .orderBy('refundDueAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
