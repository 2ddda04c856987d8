import { router } from 'expo-router'
import { useSession, useSignedIn } from '../session/session-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { TeamError } from './team-error.tsx'
import { useInvitation, useOrganizationChange } from './use-organizations.ts'

const { t } = copy

/** The team of an invitation, with buttons to accept or decline. */
export function JoinTeam({ invitationId }: { invitationId: string }) {
  const { isGuest } = useSignedIn()
  if (!isGuest) return <Invited invitationId={invitationId} />
  return (
    <Card>
      <Words>{t.team.join.guest}</Words>
      <Button label="Create an account" onPress={() => router.push('/make-account')} />
    </Card>
  )
}

function Invited({ invitationId }: { invitationId: string }) {
  const { switchBy } = useSession()
  const invitation = useInvitation(invitationId)
  const decline = useOrganizationChange()
  if (decline.isSuccess) return <Words alert>{t.team.join.declined}</Words>
  if (invitation.isPending) return <Words as="quiet">Reading the invitation…</Words>
  if (!invitation.data) {
    return (
      <Card>
        <Words alert>{t.team.join.invalid}</Words>
      </Card>
    )
  }
  const { organizationName: team, role } = invitation.data
  const body = { invitationId }
  return (
    <Card>
      <Words as="title">{t.team.join.text(team, t.team.roles[role])}</Words>
      <TeamError error={decline.error} />
      <Button
        label={t.team.join.accept(team)}
        disabled={decline.isPending}
        onPress={() => void switchBy({ path: 'accept-invitation', body })}
      />
      <Button
        label={t.team.join.decline}
        kind="plain"
        busy={decline.isPending}
        onPress={() => decline.mutate({ path: 'reject-invitation', body })}
      />
    </Card>
  )
}
