import type { BillingCustomer, CallOptions, CheckoutRequest } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import type { RequestLimits } from './flowglad-api.ts'
import { openCustomer } from './open-customer.ts'
import { createCustomer } from './read-customer.ts'
import { whenNotFound } from './when-not-found.ts'
import { checkoutAnswerSchema, readAnswer } from './wire.ts'

/** Opens a hosted checkout for a plan or a top-up; a customer Flowglad has never seen is made first. */
export async function openCheckout(
  flowglad: FlowgladContext,
  request: CheckoutRequest,
  call?: CallOptions,
): Promise<{ id: string; url: string }> {
  const { customer, priceSlug, successUrl, cancelUrl } = request
  const order = { customer, session: { priceSlug, quantity: 1, successUrl, cancelUrl } }
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
  session: Omit<CheckoutRequest, 'customer'> & { quantity: number }
}

function createSession(
  flowglad: FlowgladContext,
  { customer, session }: Order,
  limits: RequestLimits,
): Promise<unknown> {
  const { api } = flowglad
  if (!api) return openCustomer(flowglad, customer).createCheckoutSession(session)
  const checkoutSession = {
    ...session,
    type: 'product',
    customerExternalId: customer.customerId,
  }
  return api.post('/api/v1/checkout-sessions', { ...limits, body: { checkoutSession } })
}
