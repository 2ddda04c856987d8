import type { BalanceChange } from '@tollgate/contract'
import { trpc } from '../../connection/trpc.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { type Money, spentInPeriod } from './spent-in-period.ts'

/** The most lines the ledger returns at once; longer periods are not added up. */
const LINES = 100

/** What the current billing period has cost so far; null if unknown. */
export function useSpent(): Money | null {
  const offers = useCatalog()?.offers
  const plan = trpc.billing.plan.useQuery()
  const ledger = trpc.billing.ledger.useQuery({ limit: LINES })
  const subscription = plan.data?.billing?.subscription
  const begins = subscription?.periodStart
  if (!offers || !ledger.data || !begins) return null
  const { items, nextCursor } = ledger.data
  const last = items.at(-1)
  const isWhole = nextCursor === null || (last && timeOf(last) < begins)
  if (!isWhole) return null
  const { priceSlug, status } = subscription
  return spentInPeriod({
    plan: { priceSlug, isPaid: status !== 'past_due' },
    offers,
    changes: items.filter(
      (item): item is typeof item & BalanceChange & { kind: 'change' } =>
        item.kind === 'change' && item.at >= begins,
    ),
  })
}

type Line = { kind: 'change'; at: string } | { kind: 'operation'; startedAt: string }

function timeOf(line: Line): string {
  return line.kind === 'change' ? line.at : line.startedAt
}
