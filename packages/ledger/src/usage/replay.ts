import { burnDown } from '../credits/burn-down.ts'

/** A grant over its whole lifetime. */
export type PastGrant = {
  id: string
  createdAt: number
  expiresAt: number | null
  /** How much usage it can pay for: its amount less what was revoked or moved to another subscription. */
  capacity: number
  /** The order in which grants that begin at the same instant settle a debt. */
  position: number
}

/** The history of a subscription's meter, as far as it determines which grants pay. */
export type MeterHistory = {
  /** By creation, like open grants. */
  grants: readonly PastGrant[]
  /** Usage from an instant on until the next grant began or expired: its order does not matter. */
  usage: ReadonlyMap<number, number>
  /** Debts that came from another subscription or, if negative, were moved to one or waived. */
  debts: readonly { at: number; amount: number }[]
}

/** The history with one more use. */
export function withUsage(
  history: MeterHistory,
  { usedAt, amount }: { usedAt: number; amount: number },
): MeterHistory {
  const turns = history.grants.flatMap(({ createdAt, expiresAt }) => [createdAt, expiresAt ?? 0])
  const from = Math.max(0, ...turns.filter((at) => at <= usedAt))
  const usage = new Map(history.usage)
  return { ...history, usage: usage.set(from, (usage.get(from) ?? 0) + amount) }
}

/**
 * What every grant pays when all usage is delivered on time: the soonest-expiring grant pays first, and a new grant first settles what is
 * owed. More usage never lets a grant pay less, so the difference of two replays can always be posted.
 */
export function replay({ grants, usage, debts }: MeterHistory): Map<string, number> {
  const left = new Map(grants.map(({ id, capacity }) => [id, capacity]))
  const take = (id: string, amount: number) => left.set(id, (left.get(id) ?? 0) - amount)
  let debt = 0
  for (const at of instantsOf({ grants, usage, debts })) {
    for (const carried of debts.filter((one) => one.at === at)) {
      debt = Math.max(debt + carried.amount, 0)
    }
    for (const { id, capacity } of beginningAt(grants, at)) {
      const settled = Math.min(debt, capacity)
      debt -= settled
      take(id, settled)
    }
    const valid = grants.filter((grant) => isValidAt(grant, at))
    const payable = valid.map((grant) => ({ ...grant, remaining: left.get(grant.id) ?? 0 }))
    const { burns, uncovered } = burnDown(payable, usage.get(at) ?? 0)
    for (const { grantId, amount } of burns) take(grantId, amount)
    debt += uncovered
  }
  return new Map(grants.map(({ id, capacity }) => [id, capacity - (left.get(id) ?? 0)]))
}

function instantsOf({ grants, usage, debts }: MeterHistory): number[] {
  const instants = [
    ...grants.map(({ createdAt }) => createdAt),
    ...usage.keys(),
    ...debts.map(({ at }) => at),
  ]
  return [...new Set(instants)].toSorted((one, other) => one - other)
}

function beginningAt(grants: readonly PastGrant[], at: number): PastGrant[] {
  return grants
    .filter(({ createdAt }) => createdAt === at)
    .toSorted((one, other) => one.position - other.position)
}

function isValidAt({ createdAt, expiresAt }: PastGrant, at: number): boolean {
  return createdAt <= at && at < (expiresAt ?? Infinity)
}
