import type { Endpoint } from './endpoint.ts'
import { CATALOG_ENDPOINTS } from './endpoints/catalog-endpoints.ts'
import { CHECKOUT_ENDPOINTS } from './endpoints/checkout-endpoints.ts'
import { CUSTOMER_ENDPOINTS } from './endpoints/customer-endpoints.ts'
import { SUBSCRIPTION_ENDPOINTS } from './endpoints/subscription-endpoints.ts'
import { USAGE_ENDPOINTS } from './endpoints/usage-endpoints.ts'

/** Every operation of the API; fixed paths stand before those with a parameter in the same place. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...CUSTOMER_ENDPOINTS,
  ...USAGE_ENDPOINTS,
  ...CATALOG_ENDPOINTS,
  ...SUBSCRIPTION_ENDPOINTS,
  ...CHECKOUT_ENDPOINTS,
]
