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

/** A backlog must move soon after the backend recovers; one request every half minute is no burden. */
const AWAY_MS_MAX = 30_000

/** The outcome of a delivery: one word per event, and how long to pause. */
export type Delivered = { answers: RecordResult[]; pauseMs: number | null }

/** Sends claimed events to the backend and records its answer to each. No transaction is open during the request. */
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
  /** How many consecutive deliveries the backend accepted nothing of. */
  failures: number
}

/** Pauses all deliveries when the backend asks for it, rejects our key or is down; an event that fails alone is only retried. */
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
 * A backend that accepts some events is up. So is one that fails only for events that already failed before it last accepted others: they
 * must not delay the others.
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

/** An answer for another transaction id says nothing about this event. */
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
