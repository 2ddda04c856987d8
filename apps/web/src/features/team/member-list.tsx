import type { TeamMember } from '@tollgate/client/react'
import { useState } from 'react'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { MemberRow } from './member-row.tsx'
import { PartingDialog } from './parting-dialog.tsx'
import { switchTo } from './switch-to.ts'
import { TeamError } from './team-error.tsx'
import { useOrganizationChange } from './use-organizations.ts'

/** The members of the organization; owners change roles and remove members, everyone may leave. */
export function MemberList(props: {
  organizationId: string
  members: readonly TeamMember[]
  /** The user's own id. */
  userId: string
  /** Whether the user may change members' limits. */
  mayLimit: boolean
}) {
  const { organizationId, members, userId, mayLimit } = props
  const { t } = useCopy()
  const change = useOrganizationChange()
  const [parting, setParting] = useState<TeamMember | null>(null)
  const isOwner = members.some((member) => member.userId === userId && member.role === 'owner')
  const isLeaving = parting?.userId === userId

  function part(member: TeamMember): void {
    const request = isLeaving
      ? { path: 'leave', body: { organizationId } }
      : { path: 'remove-member', body: { organizationId, memberIdOrEmail: member.id } }
    change.mutate(request, {
      onSuccess() {
        if (isLeaving) void switchTo(null)
      },
      onSettled: () => setParting(null),
    })
  }

  return (
    <Card title={t.team.members} flush>
      <ul className="divide-y divide-line border-t border-line">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            isSelf={member.userId === userId}
            byOwner={isOwner}
            mayLimit={mayLimit}
            onRole={(role) => {
              const body = { organizationId, memberId: member.id, role }
              change.mutate({ path: 'update-member-role', body })
            }}
            onPart={() => setParting(member)}
          />
        ))}
      </ul>
      <div className="px-5 py-3 empty:hidden sm:px-6">
        <TeamError error={change.error} />
      </div>
      <PartingDialog
        member={parting}
        isLeaving={isLeaving}
        pending={change.isPending}
        onConfirm={part}
        onClose={() => setParting(null)}
      />
    </Card>
  )
}
