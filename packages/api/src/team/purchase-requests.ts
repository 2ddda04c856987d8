/** What a member asked the owners of its organization to buy. */
export type PurchaseRequest = {
  id: string
  /** Who asked; null once its account is gone. */
  member: { name: string; email: string } | null
  /** The meter that ran out; null when it asked for something else. */
  meter: string | null
  askedAt: string
}

/** Keeps what members ask for until an owner has seen to it. */
export type PurchaseRequests = {
  /** Records a request, once a day for each member; false when there is one of today already. */
  ask(request: { organizationId: string; userId: string; meter: string | null }): Promise<boolean>
  /** What is open, newest first. */
  open(organizationId: string): Promise<PurchaseRequest[]>
  /** Closes one; another organization's is left as it is. */
  resolve(request: { organizationId: string; id: string }): Promise<void>
}
