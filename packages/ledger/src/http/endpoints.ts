import type { Endpoint } from './endpoint.ts'
import { ADJUSTMENT_ENDPOINTS } from './endpoints/adjustment-endpoints.ts'
import { CATALOG_ENDPOINTS } from './endpoints/catalog-endpoints.ts'
import { CHECKOUT_ENDPOINTS } from './endpoints/checkout-endpoints.ts'
import { CUSTOMER_ENDPOINTS } from './endpoints/customer-endpoints.ts'
import { ADMIN_ENDPOINTS } from './endpoints/admin-endpoints.ts'
import { DEV_ENDPOINTS } from './endpoints/dev-endpoints.ts'
import { LIST_ENDPOINTS } from './endpoints/list-endpoints.ts'
import { MONEY_ENDPOINTS } from './endpoints/money-endpoints.ts'
import { RESOURCE_ENDPOINTS } from './endpoints/resource-endpoints.ts'
import { SUBSCRIPTION_ENDPOINTS } from './endpoints/subscription-endpoints.ts'
import { USAGE_ENDPOINTS } from './endpoints/usage-endpoints.ts'
import { WEBHOOK_ENDPOINTS } from './endpoints/webhook-endpoints.ts'

/** Every operation of the API; fixed paths precede those with a parameter in the same place. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...CUSTOMER_ENDPOINTS,
  ...USAGE_ENDPOINTS,
  ...CATALOG_ENDPOINTS,
  ...SUBSCRIPTION_ENDPOINTS,
  ...ADJUSTMENT_ENDPOINTS,
  ...CHECKOUT_ENDPOINTS,
  ...RESOURCE_ENDPOINTS,
  ...MONEY_ENDPOINTS,
  ...WEBHOOK_ENDPOINTS,
  ...LIST_ENDPOINTS,
  ...ADMIN_ENDPOINTS,
  ...(typeof __FAULTS__ === 'undefined' || __FAULTS__ ? DEV_ENDPOINTS : []),
]

// A build replaces this constant, which removes fault injection.
declare const __FAULTS__: boolean
