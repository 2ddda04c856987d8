import type { InferResult, QueryCreator } from 'kysely'
import { LIVEMODE } from '../core/livemode.ts'
import type { Tables } from '../core/tables.gen.ts'

/** A usage event as the API shows it. */
export type UsageEvent = InferResult<ReturnType<typeof selectUsageEvents>>[number]

/** Selects usage events as the API shows them. */
export function selectUsageEvents(from: QueryCreator<Tables>) {
  return from
    .selectFrom(['usageEvent', 'usageMeter'])
    .whereRef('usageMeter.organizationId', '=', 'usageEvent.organizationId')
    .whereRef('usageMeter.id', '=', 'usageEvent.usageMeterId')
    .select([
      'usageEvent.id',
      'usageEvent.createdAt',
      'usageEvent.createdAt as updatedAt',
      LIVEMODE,
    ])
    .select(['usageEvent.customerId', 'usageEvent.subscriptionId', 'usageEvent.usageMeterId'])
    .select(['usageEvent.billingPeriodId', 'usageEvent.amount', 'usageEvent.usageDate'])
    .select(['usageEvent.transactionId', 'usageEvent.priceId', 'usageEvent.properties'])
    .select('usageMeter.pricingModelId')
}
