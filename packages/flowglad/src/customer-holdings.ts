import type {
  BillingCustomer,
  CallOptions,
  CustomerBilling,
  CustomerHoldings,
} from '@tollgate/contract'
import { customerBilling } from './customer-billing.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { askBilling } from './read-customer.ts'
import { whenNotFound } from './when-not-found.ts'
import type { WireBilling } from './wire.ts'

/** Invoices whose money we still have, at least in part. */
const PAID: readonly string[] = ['paid', 'partially_refunded']

/** Reads what a customer owns without creating it: one that Flowglad does not know owns nothing. */
export async function customerHoldings(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<CustomerHoldings> {
  const { customerId } = customer
  const billing = await askBilling(flowglad, customerId, call).catch(whenNotFound(() => null))
  if (!billing) return { payments: 0, lastingCredits: [], paidPlan: null, openCheckouts: 0 }
  const { catalog, clock } = flowglad
  return holdingsOf(billing, customerBilling(billing, { catalog, customerId, now: clock.now() }))
}

function holdingsOf(
  billing: WireBilling,
  { subscription, meters }: CustomerBilling,
): CustomerHoldings {
  // Every customer gets the free plan's one-time credits: they were not paid for.
  const isGift = (source: string) => source === 'plan' && subscription?.isFree === true
  return {
    payments: (billing.invoices ?? []).filter(({ invoice }) => PAID.includes(invoice.status))
      .length,
    lastingCredits: meters
      .map(({ meter, breakdown }) => ({
        meter,
        amount: breakdown
          .filter(({ source, expiresAt }) => expiresAt === null && !isGift(source))
          .reduce((sum, { remaining }) => sum + remaining, 0),
      }))
      .filter(({ amount }) => amount > 0),
    paidPlan:
      subscription && !subscription.isFree
        ? {
            planName: subscription.planName,
            status: subscription.status,
            cancelsAt: subscription.cancelsAt,
          }
        : null,
    // Flowglad has no route for this.
    openCheckouts: 0,
  }
}
