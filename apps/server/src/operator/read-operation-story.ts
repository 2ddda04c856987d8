import type { OperationStory } from '@tollgate/api'
import {
  type BillingBackend,
  customerId as toCustomerId,
  type Logger,
  operationId as toOperationId,
  type SignReceipt,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import { inspectOperation } from '@tollgate/metering/postgres'
import { signOperation } from '@tollgate/trpc'
import { z } from 'zod'

/** The backend may round timestamps; an event carries the instant of its settlement. */
const AROUND_MS = 1000
const EVENTS_MAX = 100

/** One operation from its hold to the backend's entry, with its signed receipt; null if there is none. */
export async function readOperationStory(
  sources: {
    database: Database
    metering: Metering
    backend: BillingBackend
    signReceipt: SignReceipt
    logger: Logger
  },
  operationId: string,
): Promise<OperationStory | null> {
  const row = await inspectOperation(sources.database, operationId)
  if (!row) return null
  const { holds, undelivered, providerCosts, ...operation } = inspectedSchema.parse(row)
  const customerId = toCustomerId(operation.customerId)
  const receipt = await sources.metering.receipt(customerId, {
    operationId: toOperationId(operationId),
    codec: null,
  })
  return {
    ...operation,
    holds,
    providerCosts: providerCosts ?? [],
    undelivered: undelivered ?? [],
    recorded: await readRecorded(sources, operation),
    signedReceipt:
      receipt && signOperation(receipt, { customerId, signReceipt: sources.signReceipt }),
  }
}

/** What the backend recorded for the operation; null if it cannot be queried or does not respond. */
async function readRecorded(
  { backend, logger }: { backend: BillingBackend; logger: Logger },
  operation: { operationId: string; customerId: string; state: string; endedAt: string | null },
): Promise<OperationStory['recorded']> {
  const { operationId, customerId, state, endedAt } = operation
  if (!backend.listUsage) return null
  if (state !== 'settled' || endedAt === null) return []
  const at = Date.parse(endedAt)
  try {
    const { events } = await backend.listUsage({
      customerId: toCustomerId(customerId),
      from: at - AROUND_MS,
      until: at + AROUND_MS,
      limit: EVENTS_MAX,
    })
    return events
      .filter((event) => event.operationId === operationId)
      .map(({ transactionId, meter, amount, at: recordedAt }) => ({
        transactionId,
        meter,
        amount,
        at: new Date(recordedAt).toISOString(),
      }))
  } catch (error) {
    logger.warn({ error, operationId }, 'operator view: the backend did not list usage')
    return null
  }
}

const inspectedSchema = z.object({
  operationId: z.string(),
  customerId: z.string(),
  procedure: z.string(),
  state: z.enum(['executing', 'settled', 'voided', 'expired']),
  attempt: z.number(),
  createdAt: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  leaseUntil: z.string(),
  holds: z.array(
    z.object({
      meter: z.string(),
      amount: z.number(),
      charged: z.number().nullable(),
      balanceAfter: z.number().nullable(),
    }),
  ),
  providerCosts: z
    .array(
      z.object({
        attempt: z.number(),
        provider: z.string(),
        model: z.string(),
        calls: z.number(),
        inputTokens: z.number().nullable(),
        cachedInputTokens: z.number().nullable(),
        outputTokens: z.number().nullable(),
        costMicros: z.number().nullable(),
        source: z.enum(['reported', 'estimated', 'declared']),
      }),
    )
    .nullable(),
  undelivered: z
    .array(
      z.object({
        transactionId: z.string().nullable(),
        meter: z.string(),
        amount: z.number(),
        state: z.enum(['pending', 'quarantined']),
        deliveries: z.number(),
        reason: z.string().nullable(),
      }),
    )
    .nullable(),
})
