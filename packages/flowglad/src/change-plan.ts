import type { BillingCustomer, CallOptions, CustomerBilling } from '@tollgate/contract'
import { currentSubscription } from './customer-billing.ts'
import type { RequestLimits } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { openCustomer } from './open-customer.ts'
import { planChange } from './plan-change.ts'
import { readBilling, readCustomer } from './read-customer.ts'
import type { WireSubscription } from './wire.ts'

/** Changes between paid plans; a change to the free plan is a cancellation at the end of the period. */
export async function changePlan(
  flowglad: FlowgladContext,
  { customer, priceSlug }: { customer: BillingCustomer; priceSlug: string },
  call?: CallOptions,
): Promise<CustomerBilling> {
  const change = planChange(await readBilling(flowglad, customer, call), priceSlug)
  switch (change.kind) {
    case 'subscribe':
    case 'from_free':
      throw new FlowgladFailure(
        'refused',
        'A first paid plan needs a payment: open a checkout for it.',
      )
    case 'current':
      break
    case 'to_free':
      await scheduleCancellation(flowglad, { customer, subscription: change.subscription }, call)
      break
    case 'between_paid': {
      const subscriptionId = change.subscription.id
      // Flowglad decides amount and timing: no client input reaches this call.
      const send = () =>
        openCustomer(flowglad, customer).adjustSubscription({ priceSlug, subscriptionId })
      await sendChange(flowglad, { customer, what: 'a plan change', send }, call)
    }
  }
  return readCustomer(flowglad, customer, call)
}

/** Cancels a paid plan at the end of its period. */
export async function cancelPlan(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<CustomerBilling> {
  const subscription = await requireSubscription(flowglad, customer, call)
  if (!isCancelling(subscription)) {
    await scheduleCancellation(flowglad, { customer, subscription }, call)
  }
  return readCustomer(flowglad, customer, call)
}

/** Revokes whatever is scheduled for the end of the period: a cancellation or a downgrade. */
export async function keepPlan(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<CustomerBilling> {
  const subscription = await requireSubscription(flowglad, customer, call)
  const { id, scheduledAdjustmentAt } = subscription
  const keep = (send: Send) =>
    sendChange(flowglad, { customer, what: 'keeping a plan', send }, call)
  const takeBack = scheduledAdjustmentAt ? takingBackOf(flowglad, id) : null
  if (isCancelling(subscription)) {
    await keep(() => openCustomer(flowglad, customer).uncancelSubscription({ id }))
  }
  if (takeBack) await keep(takeBack)
  return readCustomer(flowglad, customer, call)
}

/** Revokes a scheduled downgrade, for which Flowglad's SDK has no method. */
function takingBackOf({ api }: FlowgladContext, subscriptionId: string): Send {
  if (!api) {
    throw new FlowgladFailure(
      'refused',
      'A change that is scheduled for the end of the period cannot be taken back through `FlowgladServer`. Give flowgladBackend() an `api`.',
    )
  }
  const path = `/api/v1/subscriptions/${encodeURIComponent(subscriptionId)}/cancel-scheduled-adjustment`
  return (limits) => api.post(path, { ...limits, body: {} })
}

async function scheduleCancellation(
  flowglad: FlowgladContext,
  { customer, subscription }: { customer: BillingCustomer; subscription: WireSubscription },
  call?: CallOptions,
): Promise<void> {
  const send = () =>
    openCustomer(flowglad, customer).cancelSubscription({
      id: subscription.id,
      // Never immediately: that would grant a new free plan with new credits.
      cancellation: { timing: 'at_end_of_current_billing_period' },
    })
  await sendChange(flowglad, { customer, what: 'a cancellation', send }, call)
}

type Send = (limits: RequestLimits) => Promise<unknown>

/** Sends a change of a customer's plan, one at a time. */
async function sendChange(
  { connection, pendingChanges }: FlowgladContext,
  { customer, what, send }: { customer: BillingCustomer; what: string; send: Send },
  call?: CallOptions,
): Promise<void> {
  await connection.change(
    what,
    (limits) => pendingChanges.run(customer.customerId, () => send(limits)),
    call,
  )
}

async function requireSubscription(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<WireSubscription> {
  const subscription = currentSubscription(await readBilling(flowglad, customer, call))
  if (!subscription) {
    throw new FlowgladFailure('not_found', 'The customer has no subscription to cancel or keep.')
  }
  return subscription
}

function isCancelling(subscription: WireSubscription): boolean {
  return subscription.status === 'cancellation_scheduled'
}
