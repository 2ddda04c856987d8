import type { ReactNode } from 'react'
import { Skeleton } from '../../components/skeleton.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { useSpent } from './use-spent.ts'

/** The plan, its billing period and what the period has cost so far. */
export function UsageFacts() {
  const { t, f } = useCopy()
  const plan = trpc.billing.plan.useQuery()
  const offers = useCatalog()?.offers
  const spent = useSpent()
  const subscription = plan.data?.billing?.subscription ?? null
  const price = offers?.find(({ priceSlug }) => priceSlug === subscription?.priceSlug)
  return (
    <dl
      aria-busy={plan.isPending}
      className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums sm:grid-cols-[repeat(3,minmax(0,14rem))]"
    >
      <Fact name={t.usage.plan} loading={plan.isPending}>
        {subscription ? planText(subscription) : UNKNOWN}
      </Fact>
      <Fact name={t.usage.billingPeriod} loading={plan.isPending}>
        {subscription?.periodStart && subscription.periodEnd
          ? t.usage.span(f, subscription.periodStart, subscription.periodEnd)
          : UNKNOWN}
      </Fact>
      <Fact name={t.usage.spent} loading={plan.isPending}>
        {spent ? f.money(spent.amount, spent.currency) : UNKNOWN}
      </Fact>
    </dl>
  )

  function planText({ planName, isFree }: { planName: string; isFree: boolean }): string {
    if (isFree || !price) return planName
    const per = price.interval === 'year' ? t.plans.perYear : t.plans.perMonth
    return `${planName} · ${f.money(price.unitPrice, price.currency)} ${per}`
  }
}

const UNKNOWN = '–'

function Fact(props: { name: string; loading: boolean; children: ReactNode }) {
  const { name, loading, children } = props
  return (
    <div className="contents sm:block">
      <dt className="text-[0.8125rem] text-muted">{name}</dt>
      <dd className="flex min-h-6 items-center font-medium">
        {loading ? <Skeleton className="h-4 w-28" /> : children}
      </dd>
    </div>
  )
}
