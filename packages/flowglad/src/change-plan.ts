import type { BillingCustomer, CallOptions, CustomerBilling } from '@tollgate/contract'
import { currentSubscription } from './customer-billing.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { planChange } from './plan-change.ts'
import { readBilling, readCustomer } from './read-customer.ts'
import type { WireSubscription } from './wire.ts'

/** Changes between paid plans; to the free plan is a cancellation at the period's end. */
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
      await flowglad.connection.change(
        'a plan change',
        // The amount and the timing are Flowglad's to decide: nothing a client says reaches this call.
        (sdk) => sdk.server(customer).adjustSubscription({ priceSlug, subscriptionId }),
        call,
      )
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

/** Takes back whatever was scheduled for the end of the period: a cancellation or a cheaper plan. */
export async function keepPlan(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<CustomerBilling> {
  const subscription = await requireSubscription(flowglad, customer, call)
  if (isCancelling(subscription)) {
    await flowglad.connection.change(
      'keeping a plan',
      (sdk) => sdk.server(customer).uncancelSubscription({ id: subscription.id }),
      call,
    )
  }
  if (subscription.scheduledAdjustmentAt) {
    const path = `/api/v1/subscriptions/${encodeURIComponent(subscription.id)}/cancel-scheduled-adjustment`
    await flowglad.connection.change('keeping a plan', (sdk) => sdk.post(path, {}), call)
  }
  return readCustomer(flowglad, customer, call)
}

async function scheduleCancellation(
  flowglad: FlowgladContext,
  { customer, subscription }: { customer: BillingCustomer; subscription: WireSubscription },
  call?: CallOptions,
): Promise<void> {
  await flowglad.connection.change(
    'a cancellation',
    (sdk) =>
      sdk.server(customer).cancelSubscription({
        id: subscription.id,
        // Never at once: that would hand out a fresh free plan with fresh credits.
        cancellation: { timing: 'at_end_of_current_billing_period' },
      }),
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
