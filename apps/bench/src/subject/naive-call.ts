import { FlowgladServer } from '@flowglad/server'
import type { BillingCustomer } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'

/** Flowglad's SDK and its connection. */
export type FlowgladAccess = { apiKey: string; baseUrl: string }

/**
 * The pattern of the SDK's documentation, unchanged: check for a credit, do the work, report the usage. It makes three sequential requests
 * to the billing service per call, and concurrent calls all see the same credit.
 */
export async function callNaively<Output>(
  { apiKey, baseUrl }: FlowgladAccess,
  call: { customer: BillingCustomer; meter: string; key: string; work: () => Output },
): Promise<Output> {
  const { customer, meter, key, work } = call
  const flowglad = new FlowgladServer({
    apiKey,
    baseURL: baseUrl,
    customerExternalId: customer.customerId,
    getCustomerDetails: async () => ({ name: customer.name, email: customer.email }),
  })
  const billing = await flowglad.getBilling()
  const left = billing.checkUsageBalance(meter)?.availableBalance ?? 0
  const subscription = billing.currentSubscriptions?.[0]
  if (left < 1 || !subscription) throw new TRPCError({ code: 'PAYMENT_REQUIRED' })
  const output = work()
  await flowglad.createUsageEvent({
    amount: 1,
    usageMeterSlug: meter,
    subscriptionId: subscription.id,
    transactionId: `req_${key}`,
  })
  return output
}
