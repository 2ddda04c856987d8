/** A member's request to the owners of its organization. */
export type PurchaseRequest = {
  id: string
  kind: RequestKind
  /** The member who asked; null once its account is deleted. */
  member: { id: string; name: string; email: string } | null
  /** The meter that ran out, or whose limit should be raised; null for other requests. */
  meter: string | null
  askedAt: string
}

/** To buy, or to raise the limit of the member who asks. */
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** Every kind of request. */
export const REQUEST_KINDS = ['purchase', 'raise_limit'] as const

/** Stores requests until an owner has dealt with them. */
export type PurchaseRequests = {
  /**
   * Records a request: one to buy once a day per member, one to raise a limit once per meter until it is closed. False when there is
   * already one.
   */
  ask(request: {
    organizationId: string
    userId: string
    kind: RequestKind
    meter: string | null
  }): Promise<boolean>
  /** Open requests, newest first. */
  open(organizationId: string): Promise<PurchaseRequest[]>
  /** Closes a request of this organization; one of another is left unchanged. */
  resolve(request: { organizationId: string; id: string }): Promise<void>
  /** Closes a member's request to raise its limit of a meter, if there is one. */
  resolveRaise(request: { organizationId: string; userId: string; meter: string }): Promise<void>
}
