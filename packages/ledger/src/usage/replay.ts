import { burnDown } from '../credits/burn-down.ts'

/** A grant over its whole life. */
export type PastGrant = {
  id: string
  createdAt: number
  expiresAt: number | null
  /** What usage could take of it: what it gave less what was revoked or moved to another subscription. */
  capacity: number
  /** Which of the grants that begin at one instant settles a debt first. */
  position: number
}

/** All that happened on a subscription's meter, as far as it decides which grants pay. */
export type MeterHistory = {
  /** By creation, as the grants that are open are read. */
  grants: readonly PastGrant[]
  /** How much was used from an instant on, until the next grant began or expired: in which order does not matter. */
  usage: ReadonlyMap<number, number>
  /** Debts that came from another subscription, or, below zero, that went to one or were waived. */
  debts: readonly { at: number; amount: number }[]
}

/** The history with one more usage. */
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
 * What every grant pays when all usage is delivered in time: what expires soonest first, and a new grant settles what is
 * owed when it begins. More usage never lets a grant pay less, so that a difference of two replays can always be booked.
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
