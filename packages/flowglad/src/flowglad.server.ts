import {
  type BillingBackend,
  type Catalog,
  type Clock,
  type Logger,
  silentLogger,
  systemClock,
} from '@tollgate/contract'
import { cancelPlan, changePlan, keepPlan } from './change-plan.ts'
import { countOpenCheckouts } from './count-open-checkouts.ts'
import { createConnection } from './connection.ts'
import { deliverUsage } from './deliver-usage.ts'
import { customerHoldings } from './customer-holdings.ts'
import { listCustomers } from './list-customers.ts'
import { listUsage } from './list-usage.ts'
import { moveCustomer } from './move-customer.ts'
import { createMeterNames } from './meter-names.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { openCheckout } from './open-checkout.ts'
import { DEFAULT_POLICY, type FlowgladPolicy } from './policy.ts'
import { previewPlanChange } from './preview-plan-change.ts'
import { readCustomer } from './read-customer.ts'
import { readOffers } from './read-offers.ts'

export type { FlowgladPolicy } from './policy.ts'
export { type FlowgladEvent, FlowgladWebhookError, readWebhook } from './read-webhook.ts'

/** Where Flowglad's hosted service answers. */
export const FLOWGLAD_HOSTED_URL = 'https://app.flowglad.com/'

export type FlowgladOptions = {
  /** What is counted, switched on and sold; what else Flowglad has is none of ours. */
  catalog: Catalog
  apiKey: string
  /** The hosted service unless given; our self-hosted backend speaks the same API. */
  baseUrl?: string | undefined
  clock?: Clock
  logger?: Logger
  policy?: Partial<FlowgladPolicy>
}

/**
 * Flowglad's SDK behind the `BillingBackend` port. Every call has a deadline, and after a run of failures
 * calls are refused at once until Flowglad answers again.
 */
export function createFlowgladBackend(options: FlowgladOptions): BillingBackend {
  const baseUrl = options.baseUrl ?? FLOWGLAD_HOSTED_URL
  const policy = { ...DEFAULT_POLICY, ...options.policy }
  const logger = options.logger ?? silentLogger
  const { catalog } = options
  const flowglad = {
    catalog,
    connection: createConnection({
      apiKey: options.apiKey,
      baseUrl,
      policy,
      logger,
    }),
    meterNames: createMeterNames(catalog),
    clock: options.clock ?? systemClock,
    policy,
    logger,
  }
  return {
    readCustomer: (customer, call) => readCustomer(flowglad, customer, call),
    deliverUsage: (deliveries, call) => deliverUsage(flowglad, deliveries, call),
    readOffers: (call) => readOffers(flowglad, call),
    openCheckout: (request, call) => openCheckout(flowglad, request, call),
    previewPlanChange: (customer, priceSlug, call) =>
      previewPlanChange(flowglad, { customer, priceSlug }, call),
    changePlan: (customer, priceSlug, call) => changePlan(flowglad, { customer, priceSlug }, call),
    cancelPlan: (customer, call) => cancelPlan(flowglad, customer, call),
    keepPlan: (customer, call) => keepPlan(flowglad, customer, call),
    customerHoldings: (customer, call) => customerHoldings(flowglad, customer, call),
    ...(isHosted(baseUrl) ? {} : ownCapabilities(flowglad)),
  }
}

/** What our self-hosted backend can do beyond Flowglad's API; the hosted service has no routes for it. */
function ownCapabilities(
  flowglad: FlowgladContext,
): Required<
  Pick<BillingBackend, 'customerHoldings' | 'moveCustomer' | 'listUsage' | 'listCustomers'>
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
  }
}

function isHosted(baseUrl: string): boolean {
  return new URL(baseUrl).host === new URL(FLOWGLAD_HOSTED_URL).host
}
