import { type Page, type PageRequest, readPage } from '../lists/read-page.ts'
import type { Queryable } from '../queryable.ts'
import { showSubscription, type SubscriptionRecord } from './show-subscription.ts'
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow } from './subscription-row.ts'

/** Reads one page of an organisation's subscriptions. */
export async function readSubscriptionPage(
  from: Queryable,
  request: PageRequest,
): Promise<Page<SubscriptionRecord>> {
  const source = { columns: SUBSCRIPTION_COLUMNS, from: 'subscription', key: 'subscription' }
  const page = await readPage<SubscriptionRow>(from, source, request)
  return { ...page, data: page.data.map(showSubscription) }
}
