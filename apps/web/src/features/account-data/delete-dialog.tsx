import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FailureText } from '../../components/failure-text.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useDeleteAccount } from './use-delete-account.ts'

/** Confirms the deletion of the account or the team; disabled until the user has checked that it is understood. */
export function DeleteDialog(props: {
  open: boolean
  organizationId: string | null
  onClose: () => void
}) {
  const { open, organizationId, onClose } = props
  const { t } = useCopy()
  const [isUnderstood, setUnderstood] = useState(false)
  const deletion = useDeleteAccount({ organizationId })

  function close(): void {
    setUnderstood(false)
    onClose()
  }

  return (
    <Dialog
      open={open}
      title={organizationId === null ? t.accountData.asking.own : t.accountData.asking.team}
      onClose={close}
      actions={
        <>
          <Button
            look="danger"
            blocked={!isUnderstood}
            pending={deletion.isPending}
            onClick={() => deletion.mutate({ understood: true })}
          >
            {t.accountData.confirm}
          </Button>
          <Button onClick={close}>{t.accountData.keep}</Button>
        </>
      }
    >
      <label className="flex min-h-11 items-center gap-2.5">
        <input
          type="checkbox"
          checked={isUnderstood}
          onChange={({ target }) => setUnderstood(target.checked)}
          className="size-4 accent-accent"
        />
        {t.accountData.understood}
      </label>
      <FailureText text={deletion.isError ? t.accountData.failed : null} />
    </Dialog>
  )
}
