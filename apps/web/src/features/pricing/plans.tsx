import type { Offer } from '@tollgate/contract'
import { useState } from 'react'
import type { Outputs } from '../../connection/trpc.ts'
import { AskOwner } from '../billing/ask-owner.tsx'
import { useCheckout } from '../checkout/use-checkout.ts'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { PlanGrid } from './plan-grid.tsx'
import { usePlanChange } from './use-plan-change.ts'

/** Plans and top-ups, with every change between them. */
export function Plans(props: {
  offers: readonly Offer[]
  /** Null when signed out. */
  plan: Outputs['billing']['plan'] | null
  signedIn: boolean
}) {
  const { offers, signedIn } = props
  const billing = props.plan?.billing ?? null
  const { t } = useCopy()
  const checkout = useCheckout()
  const plan = usePlanChange()
  const [chosen, setChosen] = useState<Offer | null>(null)
  const [cancelling, setCancelling] = useState(false)
  const preview = plan.preview.data
  const isOwner = props.plan?.isOwner ?? true

  function choose(offer: Offer): void {
    setChosen(offer)
    plan.preview.mutate({ priceSlug: offer.priceSlug })
  }

  function confirm(): void {
    if (!chosen) return
    if (preview?.timing === 'checkout') checkout.open(chosen.priceSlug)
    else plan.change.start(chosen.priceSlug, () => setChosen(null))
  }

  return (
    <>
      {isOwner ? null : (
        <Notice tone="info" title={t.billing.title}>
          <AskOwner />
        </Notice>
      )}
      <PlanGrid
        offers={offers}
        verbs={props.plan?.verbs ?? []}
        subscription={billing?.subscription ?? null}
        signedIn={signedIn}
        isOwner={isOwner}
        opening={checkout.opening}
        keeping={plan.keep.isPending}
        onChoose={choose}
        onBuy={(offer) => checkout.open(offer.priceSlug)}
        onCancel={() => setCancelling(true)}
        onKeep={() => plan.keep.mutate()}
      />
      {plan.failed || checkout.failed ? (
        <div className="mt-4">
          <Notice
            tone="danger"
            title={checkout.failed ? t.checkout.failedTitle : t.refusal.unknown.title}
            urgent
          />
        </div>
      ) : null}
      <ChangeDialog
        offer={chosen}
        preview={plan.preview.isSuccess ? preview : undefined}
        pending={plan.change.isPending || checkout.opening !== null}
        onConfirm={confirm}
        onClose={() => setChosen(null)}
      />
      <CancelDialog
        open={cancelling}
        endsAt={billing?.subscription?.periodEnd ?? null}
        pending={plan.cancel.isPending}
        onConfirm={() => plan.cancel.mutate(undefined, { onSuccess: () => setCancelling(false) })}
        onClose={() => setCancelling(false)}
      />
    </>
  )
}
