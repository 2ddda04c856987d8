import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CredentialsForm } from '../account/credentials-form.tsx'
import type { Person } from '../account/use-session.ts'
import { announceSwitch } from './switch-signal.ts'
import { TeamError } from './team-error.tsx'
import { useInvitation, useOrganizationChange } from './use-organizations.ts'

/** The team of an invitation, and a button to join it. */
export function JoinTeam({ person, invitationId }: { person: Person; invitationId: string }) {
  const { t } = useCopy()
  if (!person.isGuest) return <Invited email={person.email} invitationId={invitationId} />
  return (
    <Card label={t.team.join.title}>
      <p className="mb-5">{t.team.join.guest}</p>
      <CredentialsForm startWith="new" />
    </Card>
  )
}

function Invited({ email, invitationId }: { email: string; invitationId: string }) {
  const { t } = useCopy()
  const invitation = useInvitation(invitationId)
  const accept = useOrganizationChange()
  if (invitation.isPending) {
    return <div aria-busy>{<Skeleton className="h-40 w-full rounded-card" />}</div>
  }
  if (!invitation.data) {
    return (
      <Notice tone="warn" title={t.team.join.invalid}>
        <p>{t.team.join.signedInAs(email)}</p>
      </Notice>
    )
  }
  const { organizationName: team, role } = invitation.data
  return (
    <Card label={t.team.join.title}>
      <div className="grid justify-items-start gap-4">
        <p className="[overflow-wrap:anywhere]">{t.team.join.text(team, t.team.roles[role])}</p>
        <TeamError error={accept.error} />
        <Button
          look="primary"
          pending={accept.isPending}
          onClick={() =>
            accept.mutate(
              { path: 'accept-invitation', body: { invitationId } },
              {
                onSuccess() {
                  // Accepting also switches to the team.
                  announceSwitch()
                  location.assign('/')
                },
              },
            )
          }
        >
          {t.team.join.accept(team)}
        </Button>
      </div>
    </Card>
  )
}
