import type { CallOptions, UsageDelivery, UsageReceipt } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { readPricingModel } from './read-offers.ts'
import {
  readAnswer,
  usageEventAnswerSchema,
  usageEventsAnswerSchema,
  type WireUsageEvent,
} from './wire.ts'

/**
 * Hands over usage events and answers with what Flowglad really stored of each. Bulk requests echo only the rows
 * they newly inserted, so every other row is asked for again alone, where a known id returns its stored original.
 */
export async function deliverUsage(
  flowglad: FlowgladContext,
  deliveries: readonly UsageDelivery[],
  call?: CallOptions,
): Promise<UsageReceipt[]> {
  const receipts: UsageReceipt[] = []
  for (let start = 0; start < deliveries.length; start += flowglad.policy.bulkMax) {
    const batch = deliveries.slice(start, start + flowglad.policy.bulkMax)
    receipts.push(...(await deliverBatch(flowglad, batch, call)))
  }
  return receipts
}

async function deliverBatch(
  flowglad: FlowgladContext,
  batch: readonly UsageDelivery[],
  call?: CallOptions,
): Promise<UsageReceipt[]> {
  const bulk = batch.length > 1 ? await sendBulk(flowglad, batch, call) : NOTHING_ECHOED
  if (bulk.failure) {
    const { failure } = bulk
    return batch.map(({ transactionId }) => failureReceipt(transactionId, failure))
  }
  await learnMeters(flowglad, bulk.echoed, call)
  const echoes = claimEchoes(flowglad, batch, bulk.echoed)
  return mapLimited(batch, flowglad.policy.parallelSingles, (delivery) => {
    const echo = echoes.get(delivery)
    return echo ? recorded(flowglad, delivery, echo) : sendSingle(flowglad, delivery, call)
  })
}

const NOTHING_ECHOED: { echoed: WireUsageEvent[]; failure?: FlowgladFailure } = { echoed: [] }

async function sendBulk(
  flowglad: FlowgladContext,
  batch: readonly UsageDelivery[],
  call?: CallOptions,
): Promise<typeof NOTHING_ECHOED> {
  try {
    const answer = await flowglad.connection.write(
      'usage events in bulk',
      (sdk) => sdk.admin.bulkCreateUsageEvents({ usageEvents: batch.map(usageEvent) }),
      call,
    )
    return { echoed: readAnswer(usageEventsAnswerSchema, answer, 'usage events').usageEvents }
  } catch (error) {
    if (!(error instanceof FlowgladFailure)) throw error
    // One bad row fails the whole request; alone, each row gets its own verdict.
    return isAboutRows(error) ? NOTHING_ECHOED : { echoed: [], failure: error }
  }
}

function isAboutRows(failure: FlowgladFailure): boolean {
  if (failure.code === 'refused' || failure.code === 'not_found') return true
  return failure.status !== null && failure.status >= 500 && !failure.outage
}

async function sendSingle(
  flowglad: FlowgladContext,
  delivery: UsageDelivery,
  call?: CallOptions,
): Promise<UsageReceipt> {
  try {
    const answer = await flowglad.connection.write(
      'a usage event',
      (sdk) => sdk.admin.createUsageEvent({ usageEvent: usageEvent(delivery) }),
      call,
    )
    const event = readAnswer(usageEventAnswerSchema, answer, 'a usage event').usageEvent
    await learnMeters(flowglad, [event], call)
    return recorded(flowglad, delivery, event)
  } catch (error) {
    if (!(error instanceof FlowgladFailure)) throw error
    return failureReceipt(delivery.transactionId, error)
  }
}

/** Gives every echoed row to at most one delivery: a second one with the same id is verified alone. */
function claimEchoes(
  flowglad: FlowgladContext,
  batch: readonly UsageDelivery[],
  echoed: readonly WireUsageEvent[],
): Map<UsageDelivery, WireUsageEvent> {
  const unclaimed = new Set(echoed)
  const claims = new Map<UsageDelivery, WireUsageEvent>()
  for (const delivery of batch) {
    for (const event of unclaimed) {
      if (event.transactionId !== delivery.transactionId) continue
      const meter = flowglad.meterNames.slugOf(event.usageMeterId)
      if (meter !== null && meter !== delivery.meter) continue
      unclaimed.delete(event)
      claims.set(delivery, event)
      break
    }
  }
  return claims
}

/** Events name their meter by id only; ids seen for the first time are looked up in the pricing model. */
async function learnMeters(
  flowglad: FlowgladContext,
  events: readonly WireUsageEvent[],
  call?: CallOptions,
): Promise<void> {
  if (events.every((event) => flowglad.meterNames.slugOf(event.usageMeterId) !== null)) return
  try {
    await readPricingModel(flowglad, call)
  } catch (error) {
    // The events are in; a receipt without a meter's name is worth more than none.
    flowglad.logger.warn({ error }, 'flowglad: could not look up the meters of usage events')
  }
}

function usageEvent(delivery: UsageDelivery) {
  return {
    transactionId: delivery.transactionId,
    subscriptionId: delivery.subscriptionId,
    usageMeterSlug: delivery.meter,
    amount: delivery.amount,
    usageDate: delivery.occurredAt,
    properties: { operationId: delivery.operationId },
  }
}

function recorded(
  flowglad: FlowgladContext,
  delivery: UsageDelivery,
  event: WireUsageEvent,
): UsageReceipt {
  return {
    transactionId: delivery.transactionId,
    outcome: 'recorded',
    amount: event.amount,
    subscriptionId: event.subscriptionId,
    meter: flowglad.meterNames.slugOf(event.usageMeterId),
  }
}

function failureReceipt(
  transactionId: UsageDelivery['transactionId'],
  failure: FlowgladFailure,
): UsageReceipt {
  const reason = failure.message
  if (failure.code === 'unauthorized') return { transactionId, outcome: 'unauthorized', reason }
  if (failure.code === 'unreachable') {
    return { transactionId, outcome: 'unavailable', reason, retryAfterMs: failure.retryAfterMs }
  }
  return { transactionId, outcome: 'refused', reason }
}

/** Runs `work` over all items, at most `limit` at a time, and keeps their order. */
async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result> | Result,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
