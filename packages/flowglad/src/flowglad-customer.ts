/**
 * The part of Flowglad's `FlowgladServer` that we use. Structural: the class has private fields, so two installed versions would not match.
 */
export type FlowgladCustomer = {
  getCustomer(): Promise<unknown>
  createCustomer(params: {
    customer: { externalId: string; name: string; email: string }
  }): Promise<unknown>
  getBilling(): Promise<unknown>
  createUsageEvent(event: UsageEventFields): Promise<unknown>
  createCheckoutSession(session: {
    priceSlug: string
    quantity: number
    successUrl: string
    cancelUrl: string
  }): Promise<unknown>
  createAddPaymentMethodCheckoutSession(session: {
    successUrl: string
    cancelUrl: string
    targetSubscriptionId?: string
  }): Promise<unknown>
  adjustSubscription(adjustment: { subscriptionId: string; priceSlug: string }): Promise<unknown>
  cancelSubscription(params: {
    id: string
    cancellation: { timing: 'at_end_of_current_billing_period' }
  }): Promise<unknown>
  uncancelSubscription(params: { id: string }): Promise<unknown>
}

/** A usage event in Flowglad's format. */
export type UsageEventFields = {
  transactionId: string
  subscriptionId: string
  usageMeterSlug: string
  amount: number
  usageDate: number
  properties: Record<string, unknown>
}

/**
 * Opens Flowglad's server class for one customer, as in its documentation. The second argument returns the customer's details, so that they
 * are not looked up again; a factory may use its own.
 *
 * @example
 * const flowglad: FlowgladFactory = (customerExternalId, getCustomerDetails) =>
 *   new FlowgladServer({ customerExternalId, getCustomerDetails })
 */
export type FlowgladFactory = (
  customerExternalId: string,
  getCustomerDetails: () => Promise<{ name: string; email: string }>,
) => FlowgladCustomer
