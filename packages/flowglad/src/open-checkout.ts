import type { BillingCustomer, CallOptions, CheckoutRequest } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import type { RequestLimits } from './flowglad-api.ts'
import { openCustomer } from './open-customer.ts'
import { createCustomer } from './read-customer.ts'
import { whenNotFound } from './when-not-found.ts'
import { checkoutAnswerSchema, readAnswer } from './wire.ts'

/** Opens a hosted checkout for a plan or a top-up; creates the customer if Flowglad does not know it. */
export async function openCheckout(
  flowglad: FlowgladContext,
  request: CheckoutRequest,
  call?: CallOptions,
): Promise<{ id: string; url: string }> {
  const { customer, priceSlug, successUrl, cancelUrl, language } = request
  const session = { priceSlug, quantity: 1, successUrl, cancelUrl }
  const order = { customer, session, language }
  const send = (limits: RequestLimits) => createSession(flowglad, order, limits)
  const ask = async () => {
    const answer = await flowglad.connection.write('a checkout', send, call)
    const { checkoutSession, url } = readAnswer(checkoutAnswerSchema, answer, 'a checkout')
    return { id: checkoutSession.id, url }
  }
  return ask().catch(
    whenNotFound(async () => {
      await createCustomer(flowglad, customer, call)
      return ask()
    }),
  )
}

type Order = {
  customer: BillingCustomer
  session: Omit<CheckoutRequest, 'customer' | 'language'> & { quantity: number }
  language: string | undefined
}

function createSession(
  flowglad: FlowgladContext,
  { customer, session, language }: Order,
  limits: RequestLimits,
): Promise<unknown> {
  const { api, selfHosted } = flowglad
  if (!api) return openCustomer(flowglad, customer).createCheckoutSession(session)
  const checkoutSession = {
    ...session,
    type: 'product',
    customerExternalId: customer.customerId,
    // An extension of our own: the hosted service does not have this field.
    ...(selfHosted && language !== undefined ? { language } : {}),
  }
  return api.post('/api/v1/checkout-sessions', { ...limits, body: { checkoutSession } })
}
