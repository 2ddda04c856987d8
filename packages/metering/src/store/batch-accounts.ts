import type { MeterSlug } from '@tollgate/contract'

/** The accounts that a batch locks, distinct and in the one order in which everyone locks accounts. */
export type BatchAccounts = {
  customers: string[]
  meters: MeterSlug[]
  /** From 1. */
  positionOf(one: { element: { customerId: string }; meter: MeterSlug }): number
}

/** Collects the accounts of a batch's elements. */
export function batchAccounts(
  elements: readonly { element: { customerId: string }; meter: MeterSlug }[],
): BatchAccounts {
  const found = new Map<string, { customerId: string; meter: MeterSlug }>()
  for (const { element, meter } of elements) {
    const { customerId } = element
    found.set(`${customerId}\n${meter}`, { customerId, meter })
  }
  // By code unit, as the collation "C" sorts: a line break is before anything that either can have in it.
  const names = [...found.keys()].sort()
  const positions = new Map(names.map((name, index) => [name, index + 1]))
  const accounts = names.flatMap((name) => found.get(name) ?? [])
  return {
    customers: accounts.map(({ customerId }) => customerId),
    meters: accounts.map(({ meter }) => meter),
    positionOf: ({ element, meter }) => positions.get(`${element.customerId}\n${meter}`) ?? 0,
  }
}
