import type { CallOptions, UsageDelivery } from '@tollgate/contract'
import type { FlowgladApi, RequestLimits } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import type { UsageEventFields } from './flowglad-customer.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { openKnownCustomer } from './open-customer.ts'
import {
  readAnswer,
  usageEventAnswerSchema,
  usageEventsAnswerSchema,
  type WireUsageEvent,
} from './wire.ts'

/** What was stored for an event, or why it was not stored. */
type Answer = WireUsageEvent | FlowgladFailure

/** Sends many events in one request; returns those that Flowglad echoes. */
export async function sendBulk(
  { connection }: FlowgladContext,
  { api, batch }: { api: FlowgladApi; batch: readonly UsageDelivery[] },
  call?: CallOptions,
): Promise<WireUsageEvent[] | FlowgladFailure> {
  const body = { usageEvents: batch.map(usageEvent) }
  const send = (limits: RequestLimits) => api.post('/api/v1/usage-events/bulk', { ...limits, body })
  try {
    const answer = await connection.write('usage events in bulk', send, call)
    return readAnswer(usageEventsAnswerSchema, answer, 'usage events').usageEvents
  } catch (error) {
    if (!(error instanceof FlowgladFailure)) throw error
    // One bad row fails the whole request; sent alone, each row gets its own result.
    return isAboutRows(error) ? [] : error
  }
}

function isAboutRows(failure: FlowgladFailure): boolean {
  if (failure.code === 'refused' || failure.code === 'not_found') return true
  return failure.status !== null && failure.status >= 500 && !failure.outage
}

/** Sends events individually; once Flowglad rejects our key or asks us to wait, the others fail the same way without being sent. */
export async function sendSingles(
  flowglad: FlowgladContext,
  deliveries: readonly UsageDelivery[],
  call?: CallOptions,
): Promise<Map<UsageDelivery, Answer>> {
  const answers = new Map<UsageDelivery, Answer>()
  const queue = deliveries.values()
  let stop: FlowgladFailure | null = null
  const worker = async () => {
    for (const delivery of queue) {
      const answer: Answer = stop ?? (await sendSingle(flowglad, delivery, call))
      answers.set(delivery, answer)
      if (answer instanceof FlowgladFailure && concernsAll(answer)) stop = answer
    }
  }
  await Promise.all(Array.from({ length: flowglad.policy.parallelSingles }, worker))
  return answers
}

function concernsAll({ code, retryAfterMs }: FlowgladFailure): boolean {
  return code === 'unauthorized' || retryAfterMs !== null
}

async function sendSingle(
  flowglad: FlowgladContext,
  delivery: UsageDelivery,
  call?: CallOptions,
): Promise<Answer> {
  const { api, connection } = flowglad
  const event = usageEvent(delivery)
  const send = (limits: RequestLimits) =>
    api
      ? api.post('/api/v1/usage-events', { ...limits, body: { usageEvent: event } })
      : openKnownCustomer(flowglad, delivery.customerId).createUsageEvent(event)
  try {
    const answer = await connection.write('a usage event', send, call)
    return readAnswer(usageEventAnswerSchema, answer, 'a usage event').usageEvent
  } catch (error) {
    if (!(error instanceof FlowgladFailure)) throw error
    return error
  }
}

function usageEvent(delivery: UsageDelivery): UsageEventFields {
  return {
    transactionId: delivery.transactionId,
    subscriptionId: delivery.subscriptionId,
    usageMeterSlug: delivery.meter,
    amount: delivery.amount,
    usageDate: delivery.occurredAt,
    properties: { operationId: delivery.operationId },
  }
}
