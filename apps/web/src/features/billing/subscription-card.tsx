import type { BillingSummary, CustomerBilling } from '@tollgate/contract'
import { planStatus } from '@tollgate/contract/copy'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CancelDialog } from '../pricing/cancel-dialog.tsx'
import { usePlanChange } from '../pricing/use-plan-change.ts'

/** The plan: its name, status, next cost, and every way to change it. */
export function SubscriptionCard(props: {
  subscription: CustomerBilling['subscription']
  /** Undefined while loading; absent if unavailable. */
  nextCharge: BillingSummary['nextCharge'] | undefined | 'unreadable'
  isOwner: boolean
}) {
  const { subscription, nextCharge, isOwner } = props
  const { t, f } = useCopy()
  const status = planStatus(subscription)
  const endsAt = subscription?.cancelsAt
  return (
    <Card title={t.billing.plan}>
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-6 gap-y-3 [overflow-wrap:anywhere]">
        <Row term={t.billing.plan}>
          {subscription
            ? t.offer({
                productSlug: subscription.planSlug,
                name: subscription.planName,
                description: null,
              }).name
            : t.billing.statuses.none}
        </Row>
        <Row term={t.billing.status}>
          <span className={status === 'past_due' ? 'text-danger' : undefined}>
            {t.billing.statuses[status]}
          </span>
          {endsAt ? <span className="block text-muted">{t.plans.endsOn(f, endsAt)}</span> : null}
        </Row>
        {nextCharge === 'unreadable' ? null : (
          <Row term={t.billing.nextCharge}>
            {nextCharge === undefined ? (
              <Skeleton className="ml-auto h-6 w-32" />
            ) : (
              describe(nextCharge)
            )}
          </Row>
        )}
      </dl>
      {isOwner ? <PlanActions subscription={subscription} /> : null}
    </Card>
  )

  function describe(charge: BillingSummary['nextCharge']): string {
    if (!charge) return t.billing.noCharge
    const { amount, at, currency } = charge
    if (amount === null) return t.billing.chargeChanges(f, at)
    return t.billing.chargeOn(f, f.money(amount, currency), at)
  }
}

function Row(props: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{props.term}</dt>
      <dd className="text-right font-medium tabular-nums">{props.children}</dd>
    </>
  )
}

function PlanActions(props: { subscription: CustomerBilling['subscription'] }) {
  const { subscription } = props
  const { t } = useCopy()
  const plan = usePlanChange()
  const [cancelling, setCancelling] = useState(false)
  const endsOrChanges = subscription?.cancelsAt ?? subscription?.scheduledChangeAt
  // A past-due plan ends by itself unless it is paid.
  const canCancel = subscription?.status === 'active' && !subscription.isFree && !endsOrChanges
  return (
    <>
      <div className="mt-6 flex flex-wrap gap-2">
        {endsOrChanges ? (
          <Button look="primary" pending={plan.keep.isPending} onClick={() => plan.keep.mutate()}>
            {t.plans.keep}
          </Button>
        ) : null}
        <Link href="/plans" className={buttonStyle('secondary')}>
          {t.billing.changePlan}
        </Link>
        {canCancel ? (
          <Button look="quiet" onClick={() => setCancelling(true)}>
            {t.plans.cancel}
          </Button>
        ) : null}
      </div>
      {plan.failed ? (
        <p role="alert" className="mt-3 text-sm font-medium text-danger">
          {t.refusal.unknown.title}
        </p>
      ) : null}
      <CancelDialog
        open={cancelling}
        endsAt={subscription?.periodEnd ?? null}
        pending={plan.cancel.isPending}
        onConfirm={() => plan.cancel.mutate(undefined, { onSuccess: () => setCancelling(false) })}
        onClose={() => setCancelling(false)}
      />
    </>
  )
}
