import type { CallOptions, PaymentRequest } from '@tollgate/contract'
import { currentSubscription } from './customer-billing.ts'
import type { RequestLimits } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { openCustomer } from './open-customer.ts'
import { readBilling } from './read-customer.ts'
import { checkoutAnswerSchema, readAnswer } from './wire.ts'

/**
 * Opens the page on which an unpaid invoice is paid or the payment method is changed. On the hosted service, invoices are paid in the
 * billing portal: its checkouts activate a subscription, but do not collect a past-due invoice.
 */
export async function openPayment(
  flowglad: FlowgladContext,
  request: PaymentRequest,
  call?: CallOptions,
): Promise<{ url: string }> {
  const { customer, purpose } = request
  const billing = await readBilling(flowglad, customer, call)
  const subscription = currentSubscription(billing)
  const isPastDue = subscription?.status === 'past_due'
  if (purpose === 'open_invoice' && !isPastDue) {
    throw new FlowgladFailure('refused', `${customer.customerId} has no unpaid invoice.`)
  }
  const portal = billing.billingPortalUrl
  if (purpose === 'open_invoice' && !flowglad.selfHosted && portal) return { url: portal }
  const target =
    subscription && !subscription.isFreePlan ? { targetSubscriptionId: subscription.id } : {}
  const page = { request, target, collects: purpose === 'open_invoice' && flowglad.selfHosted }
  const answer = await flowglad.connection.write(
    'a payment page',
    (limits) => createSession(flowglad, page, limits),
    call,
  )
  return { url: readAnswer(checkoutAnswerSchema, answer, 'a payment page').url }
}

type Page = {
  request: PaymentRequest
  target: { targetSubscriptionId?: string }
  /** Whether the page takes a payment, rather than only storing a payment method. */
  collects: boolean
}

function createSession(
  flowglad: FlowgladContext,
  { request, target, collects }: Page,
  limits: RequestLimits,
): Promise<unknown> {
  const { api, selfHosted } = flowglad
  const { customer, successUrl, cancelUrl, language } = request
  if (!api) {
    const session = { successUrl, cancelUrl, ...target }
    return openCustomer(flowglad, customer).createAddPaymentMethodCheckoutSession(session)
  }
  const checkoutSession = {
    type: collects ? 'activate_subscription' : 'add_payment_method',
    customerExternalId: customer.customerId,
    successUrl,
    cancelUrl,
    ...target,
    ...(selfHosted && language !== undefined ? { language } : {}),
  }
  return api.post('/api/v1/checkout-sessions', { ...limits, body: { checkoutSession } })
}
