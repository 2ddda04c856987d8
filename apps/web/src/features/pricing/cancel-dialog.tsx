import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Confirms the cancellation of a plan, and shows what remains until it ends. */
export function CancelDialog(props: {
  open: boolean
  endsAt: string | null
  pending: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  const { open, endsAt, pending, onConfirm, onClose } = props
  const { t, f } = useCopy()
  return (
    <Dialog
      open={open}
      title={t.plans.cancelTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" pending={pending} onClick={onConfirm}>
            {t.plans.confirmCancel}
          </Button>
          <Button onClick={onClose}>{t.plans.keep}</Button>
        </>
      }
    >
      <p>{t.plans.cancelText(f, endsAt)}</p>
    </Dialog>
  )
}
