import { CUSTOMER_HEADER } from '../subject/customer-header.ts'

/** Calls as a random one of these customers, with the headers that the benchmark's own server reads. */
export function callAs(customers: readonly string[]): { callers: string[]; order: 'at_random' } {
  return {
    callers: customers.map((customer) => `${CUSTOMER_HEADER}: ${customer}`),
    order: 'at_random',
  }
}
