import {
  type BillingBackend,
  type Catalog,
  type Clock,
  type Logger,
  silentLogger,
  systemClock,
} from '@tollgate/contract'
import { anonymizeCustomer } from './anonymize-customer.ts'
import { changeAddress } from './change-address.ts'
import { billingSummary } from './billing-summary.ts'
import { cancelPlan, changePlan, keepPlan } from './change-plan.ts'
import { countOpenCheckouts } from './count-open-checkouts.ts'
import { createConnection } from './connection.ts'
import { deliverUsage } from './deliver-usage.ts'
import { customerHoldings } from './customer-holdings.ts'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladContext, SelfHostedContext } from './flowglad-context.ts'
import type { FlowgladFactory } from './flowglad-customer.ts'
import { createKnownPricing } from './known-pricing.ts'
import { listCustomers } from './list-customers.ts'
import { listPayments } from './list-payments.ts'
import { listUsage } from './list-usage.ts'
import { moveCustomer } from './move-customer.ts'
import { openCheckout } from './open-checkout.ts'
import { openPayment } from './open-payment.ts'
import { createPendingChanges } from './pending-changes.ts'
import { DEFAULT_POLICY, type FlowgladPolicy } from './policy.ts'
import { previewPlanChange } from './preview-plan-change.ts'
import { readCustomer } from './read-customer.ts'
import { readOffers } from './read-offers.ts'

export type FlowgladOptions = {
  /** Opens Flowglad's server class for one customer. */
  flowglad: FlowgladFactory
  /** The meters, features and prices of the application; anything else at Flowglad is ignored. */
  catalog: Catalog
  clock?: Clock | undefined
  logger?: Logger | undefined
  policy?: Partial<FlowgladPolicy> | undefined
} & (
  | {
      /** Flowglad's API in addition to the factory: bulk usage, one request instead of two, and requests that end at their deadline. */
      api?: FlowgladApi | undefined
      selfHosted?: false | undefined
    }
  | {
      api: FlowgladApi
      /** True for Tollgate's own backend, which has more routes than Flowglad. */
      selfHosted: boolean
    }
)

/**
 * Flowglad behind the `BillingBackend` port. Every call has a deadline, and after repeated failures calls are refused immediately until
 * Flowglad answers again.
 *
 * @example
 * const backend = flowgladBackend({
 *   catalog,
 *   flowglad: (customerExternalId, getCustomerDetails) =>
 *     new FlowgladServer({ customerExternalId, getCustomerDetails }),
 *   api: new Flowglad(),
 * })
 */
export function flowgladBackend(options: FlowgladOptions): BillingBackend {
  const policy = { ...DEFAULT_POLICY, ...options.policy }
  const logger = options.logger ?? silentLogger
  const { catalog } = options
  const flowglad = {
    catalog,
    factory: options.flowglad,
    selfHosted: options.selfHosted ?? false,
    connection: createConnection({ policy, logger }),
    pendingChanges: createPendingChanges(),
    pricing: createKnownPricing(catalog),
    clock: options.clock ?? systemClock,
    policy,
    logger,
  }
  return {
    ...portOf({ ...flowglad, api: options.api ?? null }),
    ...(options.selfHosted ? ownCapabilities({ ...flowglad, api: options.api }) : {}),
  }
}

function portOf(flowglad: FlowgladContext): BillingBackend {
  const { api } = flowglad
  return {
    ...(api && {
      anonymizeCustomer: (customerId, call) =>
        anonymizeCustomer(flowglad, { api, customerId }, call),
      changeAddress: (customer, call) => changeAddress(flowglad, { api, customer }, call),
    }),
    readCustomer: (customer, call) => readCustomer(flowglad, customer, call),
    deliverUsage: (deliveries, call) => deliverUsage(flowglad, deliveries, call),
    readOffers: (call) => readOffers(flowglad, call),
    openCheckout: (request, call) => openCheckout(flowglad, request, call),
    openPayment: (request, call) => openPayment(flowglad, request, call),
    billingSummary: (customer, call) => billingSummary(flowglad, customer, call),
    previewPlanChange: (customer, priceSlug, call) =>
      previewPlanChange(flowglad, { customer, priceSlug }, call),
    changePlan: (customer, priceSlug, call) => changePlan(flowglad, { customer, priceSlug }, call),
    cancelPlan: (customer, call) => cancelPlan(flowglad, customer, call),
    keepPlan: (customer, call) => keepPlan(flowglad, customer, call),
    customerHoldings: (customer, call) => customerHoldings(flowglad, customer, call),
  }
}

/** What our self-hosted backend supports beyond Flowglad's API. */
function ownCapabilities(
  flowglad: SelfHostedContext,
): Required<
  Pick<
    BillingBackend,
    'customerHoldings' | 'moveCustomer' | 'listUsage' | 'listCustomers' | 'listPayments'
  >
> {
  return {
    customerHoldings: async (customer, call) => ({
      ...(await customerHoldings(flowglad, customer, call)),
      openCheckouts: await countOpenCheckouts(flowglad, customer, call),
    }),
    moveCustomer: (from, to, idempotencyKey, call) =>
      moveCustomer(flowglad, { from, to, idempotencyKey }, call),
    listUsage: (query, call) => listUsage(flowglad, query, call),
    listCustomers: (cursor, call) => listCustomers(flowglad, cursor, call),
    listPayments: (cursor, call) => listPayments(flowglad, cursor, call),
  }
}
