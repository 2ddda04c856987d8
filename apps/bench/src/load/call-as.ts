import { CUSTOMER_HEADER } from '../subject/customer-header.ts'

/** The header lines of these customers, at random, as the benchmark's own server reads them. */
export function callAs(customers: readonly string[]): { callers: string[]; order: 'at_random' } {
  return {
    callers: customers.map((customer) => `${CUSTOMER_HEADER}: ${customer}`),
    order: 'at_random',
  }
}
