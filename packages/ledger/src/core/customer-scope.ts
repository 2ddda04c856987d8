/** A customer of an organisation. */
export type CustomerScope = { organizationId: string; customerId: string }

/** The two columns that name a customer, of something that has more. */
export function scopeOf({ organizationId, customerId }: CustomerScope): CustomerScope {
  return { organizationId, customerId }
}
