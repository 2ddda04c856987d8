import { Skeleton } from '../../components/skeleton.tsx'
import { trpc } from '../../connection/trpc.ts'
import { InvitationsCard } from './invitations-card.tsx'
import { MemberList } from './member-list.tsx'
import { RequestsCard } from './requests-card.tsx'
import { TeamError } from './team-error.tsx'
import { useMembers } from './use-organizations.ts'

/** The current organization. */
export function TeamHome(props: { organizationId: string; userId: string }) {
  const { organizationId, userId } = props
  const members = useMembers(organizationId)
  const mayBuy = trpc.billing.plan.useQuery().data?.isOwner === true
  if (members.isPending) {
    return <div aria-busy>{<Skeleton className="h-48 w-full rounded-card" />}</div>
  }
  const all = members.data?.members ?? []
  const isOwner = all.some((member) => member.userId === userId && member.role === 'owner')
  return (
    <div className="grid gap-5">
      <TeamError error={members.error} />
      <MemberList organizationId={organizationId} members={all} userId={userId} mayLimit={mayBuy} />
      <div className="grid items-start gap-5 md:grid-cols-2">
        {mayBuy ? <RequestsCard /> : null}
        {isOwner ? <InvitationsCard organizationId={organizationId} /> : null}
      </div>
    </div>
  )
}
