/** The environment of a measured server: its ports and data, and limits that a load generator does not reach. */
export function serverEnvironment(given: {
  port: number
  billingPort: number
  dataDirectory: string
}): Record<string, string> {
  return {
    PORT: String(given.port),
    BILLING_PORT: String(given.billingPort),
    DATA_DIR: given.dataDirectory,
    // A load generator is one address and few customers.
    BILLED_CALLS_PER_MINUTE: '1000000000',
    NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '100000',
    OPEN_OPERATIONS_PER_CUSTOMER: '1024',
  }
}
