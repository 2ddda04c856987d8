import type { Offer, PlanChangePreview } from '@tollgate/contract'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The cost and start of a plan change, before it happens. */
export function ChangeDialog(props: {
  offer: Offer | null
  /** Undefined while the server computes it. */
  preview: PlanChangePreview | undefined
  pending: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  const { offer, preview, pending, onConfirm, onClose } = props
  const { t, f } = useCopy()
  const confirm = preview?.timing === 'checkout' ? t.plans.toCheckout : t.plans.confirm
  const effect = preview?.timing === 'period_end' ? f.date(preview.effectiveAt) : t.plans.atOnce
  return (
    <Dialog
      open={offer !== null}
      title={t.plans.previewTitle(offer ? t.offer(offer).name : '')}
      onClose={onClose}
      actions={
        <>
          <Button look="primary" pending={pending} blocked={!preview} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button onClick={onClose}>{t.plans.back}</Button>
        </>
      }
    >
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2.5 rounded-xl bg-sunken p-4 tabular-nums">
        <dt className="text-muted">{t.plans.dueNow}</dt>
        <dd className="text-right font-medium">
          {preview ? f.money(preview.dueNow, preview.currency) : <Skeleton className="h-6 w-16" />}
        </dd>
        <dt className="text-muted">{t.plans.takesEffect}</dt>
        <dd className="text-right font-medium">
          {preview ? effect : <Skeleton className="h-6 w-24" />}
        </dd>
      </dl>
    </Dialog>
  )
}
