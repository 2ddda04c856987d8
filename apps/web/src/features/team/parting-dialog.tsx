import type { TeamMember } from '@tollgate/client/react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Confirms that a member is removed, or leaves. */
export function PartingDialog(props: {
  member: TeamMember | null
  isLeaving: boolean
  pending: boolean
  onConfirm: (member: TeamMember) => void
  onClose: () => void
}) {
  const { member, isLeaving, pending, onConfirm, onClose } = props
  const { t } = useCopy()
  return (
    <Dialog
      open={member !== null}
      title={isLeaving ? t.team.leaveTitle : t.team.removeTitle(member?.user.name ?? '')}
      onClose={onClose}
      actions={
        <>
          <Button
            look="danger"
            pending={pending}
            onClick={() => {
              if (member) onConfirm(member)
            }}
          >
            {isLeaving ? t.team.leave : t.team.remove}
          </Button>
          <Button onClick={onClose}>{isLeaving ? t.team.stay : t.team.keep}</Button>
        </>
      }
    >
      <p>{isLeaving ? t.team.leaveText : t.team.removeText}</p>
    </Dialog>
  )
}
