/** A customer of an organisation. */
export type CustomerScope = { organizationId: string; customerId: string }
