import type { TeamRole } from '@tollgate/contract'
import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { OpenInvitations } from './open-invitations.tsx'
import { RoleSelect } from './role-select.tsx'
import { TeamError } from './team-error.tsx'
import { useInvitations, useOrganizationChange } from './use-organizations.ts'

/** Invites one address by a link, and lists open invitations. */
export function InvitationsCard({ organizationId }: { organizationId: string }) {
  const { t } = useCopy()
  const invitations = useInvitations(organizationId)
  const change = useOrganizationChange()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<TeamRole>('member')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const body = { organizationId, email, role }
    change.mutate({ path: 'invite-member', body }, { onSuccess: () => setEmail('') })
  }

  return (
    <Card title={t.team.invite} lead={t.team.inviteHint}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t.team.email}>
          {(ids) => (
            <input
              {...ids}
              name="invited"
              type="email"
              required
              value={email}
              onChange={({ target }) => setEmail(target.value)}
              className={INPUT_STYLE}
            />
          )}
        </Field>
        <Field label={t.team.roleOfInvited}>
          {({ id }) => <RoleSelect id={id} role={role} onRole={setRole} />}
        </Field>
        <TeamError error={change.error} />
        <Button type="submit" look="primary" pending={change.isPending}>
          {t.team.makeLink}
        </Button>
      </form>
      {invitations.data && invitations.data.length > 0 ? (
        <OpenInvitations
          invitations={invitations.data}
          onRevoke={(invitationId) =>
            change.mutate({ path: 'cancel-invitation', body: { invitationId } })
          }
        />
      ) : null}
    </Card>
  )
}
