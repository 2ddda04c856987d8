import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { AccountNeeded } from '../account/account-needed.tsx'
import { AskOwner } from './ask-owner.tsx'
import { InvoiceList } from './invoice-list.tsx'
import { PastDueNotice } from './past-due-notice.tsx'
import { PaymentMethodCard } from './payment-method-card.tsx'
import { SubscriptionCard } from './subscription-card.tsx'
import { TopUpCreditsCard } from './top-up-credits-card.tsx'

/** Everything about money on one page; a failing part does not affect the rest. */
export function BillingHome() {
  const { t } = useCopy()
  const plan = trpc.billing.plan.useQuery()
  const balance = trpc.billing.balance.useQuery()
  const isOwner = plan.data?.isOwner ?? true
  const summary = trpc.billing.summary.useQuery(undefined, { enabled: isOwner })
  const { amountDue, nextCharge, paymentMethods, invoices } = summary.data ?? {}
  const billing = plan.data?.billing
  const unreadable = !billing || (summary.isError && !summary.data)
  // Shows everything at once to avoid layout shifts; after a part has failed once, the rest no longer waits for it.
  if (plan.isPending || (isOwner && summary.isPending && summary.failureCount === 0)) {
    return (
      <div aria-busy className="grid gap-5 md:grid-cols-2">
        <Skeleton className="h-72 w-full rounded-card" />
        <Skeleton className="h-72 w-full rounded-card" />
        <Skeleton className="h-48 w-full rounded-card md:col-span-2" />
      </div>
    )
  }
  return (
    <div className="grid gap-5">
      {amountDue ? <PastDueNotice due={amountDue} /> : null}
      {plan.data?.isGuest ? (
        <AccountNeeded tone="warn" title={t.billing.guestTitle} text={t.billing.guestText} />
      ) : null}
      {isOwner ? null : (
        <Notice tone="info" title={t.billing.title}>
          <AskOwner />
        </Notice>
      )}
      {unreadable ? (
        <Notice tone="warn" title={t.billing.unavailable}>
          <p>{t.billing.unavailableText}</p>
        </Notice>
      ) : null}
      <div className="grid items-start gap-5 md:grid-cols-2">
        {billing ? (
          <SubscriptionCard
            subscription={billing.subscription}
            nextCharge={unreadable || !isOwner ? 'unreadable' : nextCharge}
            isOwner={isOwner}
          />
        ) : null}
        <div className="grid gap-5">
          {isOwner && !unreadable ? <PaymentMethodCard methods={paymentMethods} /> : null}
          <TopUpCreditsCard balances={balance.data?.balances} mayBuy={isOwner} />
        </div>
      </div>
      {isOwner && !unreadable ? <InvoiceList invoices={invoices} /> : null}
    </div>
  )
}
