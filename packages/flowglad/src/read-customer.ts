import type { BillingCustomer, CallOptions, CustomerBilling, CustomerId } from '@tollgate/contract'
import { customerBilling } from './customer-billing.ts'
import type { RequestLimits } from './flowglad-api.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { describeCustomer } from './describe-customer.ts'
import { openCustomer, openKnownCustomer } from './open-customer.ts'
import { whenNotFound } from './when-not-found.ts'
import { billingSchema, readAnswer, type WireBilling } from './wire.ts'

/** Reads a customer: one request with the API, two without; three when Flowglad does not know the customer. */
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

/** A customer's billing in Flowglad's format; creates the customer if necessary. */
export async function readBilling(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<WireBilling> {
  const ask = () =>
    flowglad.api
      ? askBilling(flowglad, customer.customerId, call)
      : findOrCreateBilling(flowglad, customer, call)
  const known = await ask().catch(whenNotFound(() => null))
  if (known && !isArchived(known)) return known
  await createCustomer(flowglad, customer, call)
  const billing = await ask()
  if (!isArchived(billing)) return billing
  throw new FlowgladFailure(
    'refused',
    `${customer.customerId} is archived at Flowglad, and no new customer could be made under its id. Its usage is kept here. Remove the archived customer's external id at Flowglad.`,
  )
}

/** Archiving frees the id for another customer; an archived one has no subscription to deliver usage to. */
function isArchived({ customer }: WireBilling): boolean {
  return customer?.archived === true
}

/** A customer's billing in Flowglad's format; `not_found` when Flowglad does not know the customer. */
export async function askBilling(
  flowglad: FlowgladContext,
  customerId: CustomerId,
  call?: CallOptions,
): Promise<WireBilling> {
  const { api } = flowglad
  const path = `/api/v1/customers/${encodeURIComponent(customerId)}/billing`
  const send = async (limits: RequestLimits) => {
    if (api) return api.get(path, limits)
    const customer = openKnownCustomer(flowglad, customerId)
    // `getBilling` alone would create the customer.
    await customer.getCustomer()
    return customer.getBilling()
  }
  return understand(flowglad, await flowglad.connection.read(WHAT, send, call))
}

/** The answer of `getBilling`, which creates a customer that it does not know. */
async function findOrCreateBilling(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<WireBilling> {
  const ask = () =>
    flowglad.connection.read(WHAT, () => openCustomer(flowglad, customer).getBilling(), call)
  try {
    return understand(flowglad, await ask())
  } catch (error) {
    if (!mayHaveLostRace(error)) throw error
    return understand(flowglad, await ask())
  }
}

const WHAT = 'the billing of a customer'

function understand({ pricing }: FlowgladContext, answer: unknown): WireBilling {
  const billing = readAnswer(billingSchema, answer, WHAT)
  pricing.learn(billing.pricingModel)
  return billing
}

/** Creates a customer; succeeds if another process created it concurrently. */
export async function createCustomer(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<void> {
  const { api, connection } = flowglad
  const body = { customer: { externalId: customer.customerId, ...describeCustomer(customer) } }
  const send = (limits: RequestLimits) =>
    api
      ? api.post('/api/v1/customers', { ...limits, body })
      : openCustomer(flowglad, customer).createCustomer(body)
  try {
    await connection.write('a new customer', send, call)
  } catch (error) {
    // If it was not a lost race, the next read fails.
    if (!mayHaveLostRace(error)) throw error
  }
}

/** Of two concurrent creations the hosted service rejects one, often as a 500 with its own error body. */
function mayHaveLostRace(error: unknown): boolean {
  if (!(error instanceof FlowgladFailure) || error.status === null) return false
  return error.code === 'refused' || (error.status >= 500 && !error.outage)
}
