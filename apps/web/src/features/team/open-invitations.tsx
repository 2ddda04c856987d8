import type { Invitation } from '@tollgate/client/react'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Open invitation links, to copy or to revoke. */
export function OpenInvitations(props: {
  invitations: readonly Invitation[]
  onRevoke: (invitationId: string) => void
}) {
  const { invitations, onRevoke } = props
  const { t, f } = useCopy()
  return (
    <section aria-label={t.team.invitations} className="mt-6 grid gap-2">
      <h3 className="text-sm font-medium">{t.team.invitations}</h3>
      <ul className="grid gap-3">
        {invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 basis-full text-sm [overflow-wrap:anywhere]">
              {email}{' '}
              <span className="text-muted">{t.team.invited(f, t.team.roles[role], expiresAt)}</span>
            </span>
            <CopyButton label={t.team.copyLink} text={`${location.origin}/join?invitation=${id}`} />
            <Button
              look="quiet"
              aria-label={t.team.revokeNamed(email)}
              onClick={() => onRevoke(id)}
            >
              {t.team.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
