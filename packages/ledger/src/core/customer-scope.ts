/** A customer of an organisation. */
export type CustomerScope = { organizationId: string; customerId: string }

/** Picks the two columns that identify a customer. */
export function scopeOf({ organizationId, customerId }: CustomerScope): CustomerScope {
  return { organizationId, customerId }
}
