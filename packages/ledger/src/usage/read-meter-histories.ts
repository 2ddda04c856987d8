import type { Queryable } from '../core/queryable.ts'
import type { ChargeableEvent, Funds } from './pay-for.ts'
import { type MeterSpan, type Movement, readMovements } from './read-movements.ts'
import { type GrantRecord, readPastGrants } from './read-past-grants.ts'

/** Reads what can pay for late events, and what determines how much of it would have paid on time, by `meterKey`. */
export async function readMeterHistories(
  from: Queryable,
  { organizationId, events }: { organizationId: string; events: readonly ChargeableEvent[] },
): Promise<Map<string, Funds>> {
  const read = await readPastGrants(from, {
    organizationId,
    customerIds: [...new Set(events.map(({ customerId }) => customerId))],
    subscriptionIds: [...new Set(events.map(({ subscriptionId }) => subscriptionId))],
    usageMeterIds: [...new Set(events.map(({ usageMeterId }) => usageMeterId))],
  })
  const pasts = [...new Set(events.map(meterKey))].flatMap((key) => {
    const past = historyOf(
      events.filter((event) => meterKey(event) === key),
      read.filter((grant) => meterKey(grant) === key),
    )
    return past ? [past] : []
  })
  const movements = await readMovements(from, {
    organizationId,
    spans: pasts.map(({ span }) => span),
    instants: pasts.flatMap(instantsOf).toSorted((one, other) => one - other),
    grantIds: pasts.flatMap(({ grants }) => grants.map(({ id }) => id)),
  })
  return new Map(
    pasts.map((past) => {
      const key = meterKey(past.span)
      return [
        key,
        fundsOf(
          past,
          movements.filter((movement) => meterKey(movement) === key),
        ),
      ]
    }),
  )
}

/** Identifies a meter of a subscription. */
export function meterKey(meter: { subscriptionId: string; usageMeterId: string }): string {
  return `${meter.subscriptionId} ${meter.usageMeterId}`
}

type Past = { span: MeterSpan; grants: GrantRecord[] }

/** A meter from an instant on before which none of these grants existed: everything earlier is one debt. */
function historyOf(events: readonly ChargeableEvent[], read: readonly GrantRecord[]): Past | null {
  const [event] = events
  let from = Math.min(...events.map(({ usedAt }) => usedAt))
  let grants: GrantRecord[] = []
  for (;;) {
    const since = from
    grants = read.filter(({ endedAt }) => (endedAt ?? Infinity) > since)
    from = Math.min(since, ...grants.map(({ createdAt }) => createdAt))
    if (from === since) break
  }
  if (!event || grants.length === 0) return null
  const { customerId, subscriptionId, usageMeterId } = event
  const firstEntry = Math.min(...grants.map(({ position }) => position))
  return { span: { customerId, subscriptionId, usageMeterId, from, firstEntry }, grants }
}

function instantsOf({ span, grants }: Past): number[] {
  const instants = grants.flatMap(({ createdAt, expiresAt }) => [createdAt, expiresAt ?? createdAt])
  return [span.from, ...instants]
}

/** The debt at the start of the span: what its grants have paid plus what is owed now, less what was used since. */
function fundsOf({ span, grants }: Past, movements: readonly Movement[]): Funds {
  const paid = grants.reduce((sum, { capacity, remaining }) => sum + capacity - remaining, 0)
  const moved = movements.reduce((sum, { amount }) => sum + amount, 0)
  const owed = Math.max(paid + (grants[0]?.debt ?? 0) - moved, 0)
  const used = movements.filter(({ kind }) => kind === 'usage')
  return {
    grants,
    history: {
      grants,
      usage: new Map(used.map(({ at, amount }) => [at, amount])),
      debts: [{ at: span.from, amount: owed }, ...movements.filter(({ kind }) => kind === 'debt')],
    },
  }
}
