import {
  BillingBackendError,
  credits,
  customerId,
  SPAN_ATTRIBUTES,
  transactionId,
  type UsageDelivery,
  type UsageReceipt,
} from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { inSpan } from '../in-span.ts'
import { transactionIdOf } from '../keys/transaction-id.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import type { ClaimedDelivery } from '../store/claim-deliveries.ts'
import {
  recordDeliveries,
  type RecordResult,
  type RecordElement,
} from '../store/record-deliveries.ts'
import { backoff } from './backoff.ts'

/** A backend that is back must not have a backlog wait; one request in half a minute is no burden. */
const AWAY_MS_MAX = 30_000

/** What a delivery came to: one word per event, and how long the backend has to be left alone. */
export type Delivered = { answers: RecordResult[]; pauseMs: number | null }

/** Sends claimed events to the backend and records what it says of each. No transaction is open while it talks. */
export async function deliverRows(
  context: MeteringContext,
  rows: readonly ClaimedDelivery[],
  options: { signal: AbortSignal; keepClaim?: boolean; failures?: number },
): Promise<Delivered> {
  const { database, policy, notifier } = context
  const sent = rows.map((row) => ({ row, delivery: toDelivery(context, row) }))
  const deliveries = sent.map(({ delivery }) => delivery)
  const receipts = await send(context, deliveries, options.signal)
  crashPoint('CP18-relay-answered')
  countAnswers(context, receipts)
  const pauseMs = pauseAfter(context, { rows, receipts, failures: options.failures ?? 0 })
  const elements = sent.map(({ row, delivery }, index): RecordElement => {
    const receipt = receiptOf(delivery, receipts[index])
    return { ...row, receipt, delayMs: delayAfter(context, { row, receipt, pauseMs }) }
  })
  const answers = await retryIdempotent(context, () =>
    recordDeliveries(database, elements, {
      refusalsMax: policy.refusalsMax,
      keepClaim: options.keepClaim ?? false,
    }),
  )
  for (const [index, answer] of answers.entries()) {
    if (answer !== 'quarantined') continue
    const row = rows[index]
    if (row) context.emit({ kind: 'quarantined', meter: row.meter })
    context.logger.error(
      { customerId: row?.customerId, receipt: receipts[index] },
      'outbox relay: usage event quarantined',
    )
  }
  for (const id of new Set(rows.map((row) => row.customerId))) notifier.changed(id)
  return { answers, pauseMs }
}

function countAnswers({ emit }: MeteringContext, receipts: readonly UsageReceipt[]): void {
  for (const outcome of new Set(receipts.map((receipt) => receipt.outcome))) {
    const events = receipts.filter((receipt) => receipt.outcome === outcome).length
    emit({ kind: 'delivery', outcome, events })
  }
}

async function send(
  { backend }: MeteringContext,
  deliveries: readonly UsageDelivery[],
  signal: AbortSignal,
): Promise<UsageReceipt[]> {
  try {
    return await inSpan(
      'backend',
      async (span) => {
        const receipts = await backend.deliverUsage(deliveries, { signal })
        const outcomes = receipts.map(({ outcome }) => outcome)
        span.set(() => ({ [SPAN_ATTRIBUTES.outcome]: [...new Set(outcomes)].toSorted().join() }))
        return receipts
      },
      { kind: 'client' },
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const unauthorized = error instanceof BillingBackendError && error.code === 'unauthorized'
    const retryAfterMs = error instanceof BillingBackendError ? error.retryAfterMs : null
    return deliveries.map((delivery) =>
      unauthorized
        ? { transactionId: delivery.transactionId, outcome: 'unauthorized', reason }
        : { transactionId: delivery.transactionId, outcome: 'unavailable', reason, retryAfterMs },
    )
  }
}

function toDelivery({ secret }: MeteringContext, row: ClaimedDelivery): UsageDelivery {
  return {
    transactionId:
      row.transactionId === null ? transactionIdOf(secret, row) : transactionId(row.transactionId),
    customerId: customerId(row.customerId),
    subscriptionId: row.subscriptionId,
    meter: row.meter,
    amount: credits(row.amount),
    occurredAt: row.occurredAt,
    operationId: row.operationId,
  }
}

type Answered = {
  rows: readonly ClaimedDelivery[]
  receipts: readonly UsageReceipt[]
  /** How many deliveries in a row the backend has taken nothing of. */
  failures: number
}

/** The whole backend is left alone for a while when it asks for it, does not know us or is away; what fails alone is only itself. */
function pauseAfter({ policy, logger }: MeteringContext, answered: Answered): number | null {
  const { receipts, failures } = answered
  const locked = receipts.find((receipt) => receipt.outcome === 'unauthorized')
  if (locked) {
    logger.error(
      { reason: locked.reason },
      'outbox relay: billing backend rejects our key, deliveries paused',
    )
  }
  const wishes = receipts.map((receipt) =>
    receipt.outcome === 'unavailable' ? (receipt.retryAfterMs ?? 0) : 0,
  )
  const wished = Math.max(0, ...wishes)
  if (!locked && wished === 0 && !isAway(answered)) return null
  return Math.max(wished, backoff(awayBounds(policy), failures))
}

/**
 * A backend that takes part of what it is sent is there. So is one that fails only for events which it had failed for before
 * it took others: they would keep the others waiting for as long as they fail.
 */
function isAway({ rows, receipts, failures }: Answered): boolean {
  if (receipts.some(({ outcome }) => outcome === 'recorded')) return false
  return rows.some(
    ({ unanswered }, index) =>
      receipts[index]?.outcome === 'unavailable' && unanswered <= failures + 1,
  )
}

function awayBounds({ backoffMs: { first, longest } }: MeteringContext['policy']) {
  return { first, longest: Math.min(longest, AWAY_MS_MAX) }
}

/** An answer about something else says nothing about this event. */
function receiptOf(delivery: UsageDelivery, receipt: UsageReceipt | undefined): UsageReceipt {
  const { transactionId: id } = delivery
  if (receipt?.transactionId === id) return receipt
  const reason = 'the backend did not answer for this event'
  return { transactionId: id, outcome: 'unavailable', reason, retryAfterMs: null }
}

function delayAfter(
  { policy }: MeteringContext,
  sent: { row: ClaimedDelivery; receipt: UsageReceipt; pauseMs: number | null },
): number {
  switch (sent.receipt.outcome) {
    case 'recorded':
      return 0
    case 'refused':
      return backoff(policy.backoffMs, sent.row.refusals)
    case 'unavailable':
    case 'unauthorized':
      return sent.pauseMs ?? backoff(awayBounds(policy), sent.row.unanswered)
  }
}
