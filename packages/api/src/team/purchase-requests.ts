/** What a member asked the owners of its organization for. */
export type PurchaseRequest = {
  id: string
  kind: RequestKind
  /** Who asked; null once its account is gone. */
  member: { id: string; name: string; email: string } | null
  /** The meter that ran out, or whose limit is to be raised; null when it asked for something else. */
  meter: string | null
  askedAt: string
}

/** To buy, or to raise the limit of the member who asks. */
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** Everything that a member can ask for. */
export const REQUEST_KINDS = ['purchase', 'raise_limit'] as const

/** Keeps what members ask for until an owner has dealt with it. */
export type PurchaseRequests = {
  /**
   * Records a request: one to buy once a day for each member, one to raise a limit once for each meter until it is closed. False when
   * there is such a one already.
   */
  ask(request: {
    organizationId: string
    userId: string
    kind: RequestKind
    meter: string | null
  }): Promise<boolean>
  /** What is open, newest first. */
  open(organizationId: string): Promise<PurchaseRequest[]>
  /** Closes one; another organization's is left as it is. */
  resolve(request: { organizationId: string; id: string }): Promise<void>
  /** Closes the one of a member to raise its limit of a meter, if there is one. */
  resolveRaise(request: { organizationId: string; userId: string; meter: string }): Promise<void>
}
