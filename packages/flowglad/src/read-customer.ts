import type { BillingCustomer, CallOptions, CustomerBilling } from '@tollgate/contract'
import { customerBilling } from './customer-billing.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { describeCustomer } from './describe-customer.ts'
import { billingSchema, readAnswer, type WireBilling } from './wire.ts'

/** Reads a customer in one request, or three when Flowglad has never seen them. */
export async function readCustomer(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<CustomerBilling> {
  const billing = await readBilling(flowglad, customer, call)
  const { catalog, clock } = flowglad
  const { customerId } = customer
  return customerBilling(billing, { catalog, customerId, now: clock.now() })
}

/** A customer's billing as Flowglad sends it, the customer made first if need be. */
export async function readBilling(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<WireBilling> {
  try {
    const billing = await askBilling(flowglad, customer, call)
    if (!isArchived(billing)) return billing
  } catch (error) {
    if (!(error instanceof FlowgladFailure) || error.code !== 'not_found') throw error
  }
  await createCustomer(flowglad, customer, call)
  const billing = await askBilling(flowglad, customer, call)
  if (isArchived(billing)) throw archived(customer)
  return billing
}

/** Archiving frees the id for another customer; an archived one has no subscription that usage could be delivered to. */
function isArchived({ customer }: WireBilling): boolean {
  return customer?.archived === true
}

function archived({ customerId }: BillingCustomer): FlowgladFailure {
  return new FlowgladFailure(
    'refused',
    `${customerId} is archived at Flowglad, and no new customer could be made under its id. Its usage is kept here. Remove the archived customer's external id at Flowglad.`,
  )
}

/** A customer's billing as Flowglad sends it; `not_found` when Flowglad has never seen the customer. */
export async function askBilling(
  flowglad: FlowgladContext,
  { customerId }: BillingCustomer,
  call?: CallOptions,
): Promise<WireBilling> {
  const answer = await flowglad.connection.read(
    'the billing of a customer',
    (sdk) => sdk.admin.getCustomerBilling(customerId),
    call,
  )
  const billing = readAnswer(billingSchema, answer, 'the billing of a customer')
  flowglad.meterNames.learn(billing.pricingModel.usageMeters)
  return billing
}

/** Makes a customer; one that another process made meanwhile is as good. */
export async function createCustomer(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<void> {
  const { customerId } = customer
  const { name, email } = describeCustomer(customer)
  try {
    await flowglad.connection.write(
      'a new customer',
      (sdk) => sdk.admin.createCustomer({ customer: { externalId: customerId, name, email } }),
      call,
    )
  } catch (error) {
    // Of two first sights at once the hosted service refuses one; whether it was that shows in the next read.
    const lostRace =
      error instanceof FlowgladFailure &&
      error.status !== null &&
      !error.outage &&
      error.code !== 'unauthorized'
    if (!lostRace) throw error
  }
}
