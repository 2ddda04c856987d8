import type { Figures, RevenueOfDay } from '@tollgate/api'
import type { BillingBackend, ListedPayment, Logger } from '@tollgate/contract'

/** A page has a hundred. */
const PAGES_MAX = 20

/** Payments since an instant, by day, currency and reason; null if the backend cannot list them or does not respond. */
export async function readRevenue(
  { backend, logger }: { backend: BillingBackend; logger: Logger },
  from: Date,
): Promise<Pick<Figures, 'revenue' | 'revenueIsPartial'>> {
  if (!backend.listPayments) return { revenue: null, revenueIsPartial: false }
  const payments: ListedPayment[] = []
  let cursor: string | null = null
  try {
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const page: Awaited<ReturnType<typeof backend.listPayments>> =
        await backend.listPayments(cursor)
      payments.push(...page.payments.filter(({ at }) => at >= from.getTime()))
      cursor = page.nextCursor
      const oldest = page.payments.at(-1)?.at ?? 0
      if (cursor === null || oldest < from.getTime()) {
        return { revenue: byDay(payments), revenueIsPartial: false }
      }
    }
    return { revenue: byDay(payments), revenueIsPartial: true }
  } catch (error) {
    logger.warn({ error }, 'operator view: the backend did not list payments')
    return { revenue: null, revenueIsPartial: false }
  }
}

function byDay(payments: readonly ListedPayment[]): RevenueOfDay[] {
  const days = new Map<string, RevenueOfDay>()
  for (const { status, amount, refundedAmount, currency, reason, at } of payments) {
    if (status !== 'succeeded' && status !== 'refunded') continue
    const day = new Date(at).toISOString().slice(0, 10)
    const key = `${day} ${currency} ${reason}`
    const known = days.get(key) ?? { day, currency, reason, paid: 0, refunded: 0, payments: 0 }
    days.set(key, {
      ...known,
      paid: known.paid + amount,
      refunded: known.refunded + refundedAmount,
      payments: known.payments + 1,
    })
  }
  return [...days.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}
