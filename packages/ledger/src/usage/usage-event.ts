import type { QueryCreator, Selection } from 'kysely'
import { LIVEMODE } from '../core/livemode.ts'
import type { Tables } from '../core/tables.gen.ts'

/** The columns of `UsageEvent`, of a usage event joined with its meter. */
const USAGE_EVENT_COLUMNS = [
  'usageEvent.id',
  'usageEvent.createdAt',
  'usageEvent.createdAt as updatedAt',
  LIVEMODE,
  'usageEvent.customerId',
  'usageEvent.subscriptionId',
  'usageEvent.usageMeterId',
  'usageEvent.billingPeriodId',
  'usageEvent.amount',
  'usageEvent.usageDate',
  'usageEvent.transactionId',
  'usageEvent.priceId',
  'usageEvent.properties',
  'usageMeter.pricingModelId',
] as const

/** A usage event as the API shows it. */
export type UsageEvent = Selection<
  Tables,
  'usageEvent' | 'usageMeter',
  (typeof USAGE_EVENT_COLUMNS)[number]
>

/** Selects usage events as the API shows them. */
export function selectUsageEvents(from: QueryCreator<Tables>) {
  return from
    .selectFrom(['usageEvent', 'usageMeter'])
    .whereRef('usageMeter.organizationId', '=', 'usageEvent.organizationId')
    .whereRef('usageMeter.id', '=', 'usageEvent.usageMeterId')
    .select(USAGE_EVENT_COLUMNS)
}

/** A usage event as a caller sends it; exactly one of the four names is given. */
export type UsageReport = {
  subscriptionId: string
  transactionId: string
  amount: number
  usageDate?: number | undefined
  properties?: Record<string, unknown> | null | undefined
  usageMeterId?: string | undefined
  usageMeterSlug?: string | undefined
  priceId?: string | undefined
  priceSlug?: string | undefined
}
