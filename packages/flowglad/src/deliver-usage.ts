import type { CallOptions, UsageDelivery, UsageReceipt } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { askBilling } from './read-customer.ts'
import { readPricingModel } from './read-offers.ts'
import { sendBulk, sendSingles } from './send-usage.ts'
import type { WireUsageEvent } from './wire.ts'

/**
 * Delivers usage events and returns what Flowglad actually stored for each. Bulk requests echo only newly inserted rows, so every other row
 * is sent again alone, where a known id returns its stored original. Without the API every event is sent alone: in bulk, `FlowgladServer`
 * refuses those of a subscription that has since ended.
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
  const { api } = flowglad
  const echoed = api && batch.length > 1 ? await sendBulk(flowglad, { api, batch }, call) : []
  if (echoed instanceof FlowgladFailure) {
    return batch.map(({ transactionId }) => failureReceipt(transactionId, echoed))
  }
  await learnMeters(flowglad, { batch, events: echoed }, call)
  const echoes = claimEchoes(flowglad, batch, echoed)
  const rest = batch.filter((delivery) => !echoes.has(delivery))
  const singles = await sendSingles(flowglad, rest, call)
  const stored = [...singles.values()].flatMap((single) =>
    single instanceof FlowgladFailure ? [] : [single],
  )
  await learnMeters(flowglad, { batch, events: stored }, call)
  return batch.map((delivery) => {
    const answer = echoes.get(delivery) ?? singles.get(delivery)
    if (!answer) throw new Error(`The usage event ${delivery.transactionId} was not delivered.`)
    if (answer instanceof FlowgladFailure) return failureReceipt(delivery.transactionId, answer)
    return recorded(flowglad, delivery, answer)
  })
}

/** Assigns every echoed row to at most one delivery: a second one with the same id is verified alone. */
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
      const meter = flowglad.pricing.meterOf(event.usageMeterId)
      if (meter !== null && meter !== delivery.meter) continue
      unclaimed.delete(event)
      claims.set(delivery, event)
      break
    }
  }
  return claims
}

/** Events name their meter by id only; unknown ids are looked up in a pricing model. */
async function learnMeters(
  flowglad: FlowgladContext,
  { batch, events }: { batch: readonly UsageDelivery[]; events: readonly WireUsageEvent[] },
  call?: CallOptions,
): Promise<void> {
  const unknown = events.find(({ usageMeterId }) => flowglad.pricing.meterOf(usageMeterId) === null)
  if (!unknown) return
  const customer = batch.find(({ transactionId }) => transactionId === unknown.transactionId)
  try {
    if (flowglad.api) await readPricingModel(flowglad, call)
    else if (customer) await askBilling(flowglad, customer.customerId, call)
  } catch (error) {
    // The events are stored; a receipt without a meter's name is better than none.
    flowglad.logger.warn(
      { error },
      'flowglad: looking up the meters of usage events failed, receipts have no meter',
    )
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
    meter: flowglad.pricing.meterOf(event.usageMeterId),
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
