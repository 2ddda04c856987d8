import { trpc } from '../connection/trpc.ts'
import { useCatalogQuery } from '../connection/use-catalog.ts'
import { CheckoutReturn } from '../features/checkout/checkout-return.tsx'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useCopy } from '../copy/copy-context.tsx'
import { Plans } from '../features/pricing/plans.tsx'

/** What is for sale; public. */
export function PlansPage(props: { signedIn: boolean }) {
  const { signedIn } = props
  const { t } = useCopy()
  const catalog = useCatalogQuery()
  const plan = trpc.billing.plan.useQuery(undefined, { enabled: signedIn })
  const loading = catalog.isPending || (signedIn && plan.isPending)
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <header>
        <h1 className="text-2xl sm:text-[1.75rem]">{t.plans.title}</h1>
        <p className="mt-1.5 text-muted">{t.plans.lead}</p>
      </header>
      {signedIn ? <CheckoutReturn /> : null}
      {catalog.isError || catalog.data?.offers.length === 0 ? (
        <Notice tone="danger" title={t.refusal.billing_unavailable.title} />
      ) : loading ? (
        <div aria-busy className="grid gap-5 md:grid-cols-2">
          <Skeleton className="h-96 w-full rounded-card" />
          <Skeleton className="h-96 w-full rounded-card" />
          <span className="sr-only">{t.loading}</span>
        </div>
      ) : (
        <Plans offers={catalog.data.offers} plan={plan.data ?? null} signedIn={signedIn} />
      )}
    </div>
  )
}
