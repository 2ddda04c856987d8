import type { CallOptions, CheckoutRequest } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { createCustomer } from './read-customer.ts'
import { checkoutAnswerSchema, readAnswer } from './wire.ts'

/** Opens a hosted checkout for a plan or a top-up; a customer Flowglad has never seen is made first. */
export async function openCheckout(
  flowglad: FlowgladContext,
  request: CheckoutRequest,
  call?: CallOptions,
): Promise<{ id: string; url: string }> {
  const { customer, priceSlug, successUrl, cancelUrl } = request
  const ask = async () => {
    const answer = await flowglad.connection.write(
      'a checkout',
      (sdk) =>
        sdk
          .server(customer)
          .createCheckoutSession({ priceSlug, quantity: 1, successUrl, cancelUrl }),
      call,
    )
    const { checkoutSession, url } = readAnswer(checkoutAnswerSchema, answer, 'a checkout')
    return { id: checkoutSession.id, url }
  }
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof FlowgladFailure) || error.code !== 'not_found') throw error
  }
  await createCustomer(flowglad, customer, call)
  return ask()
}
