import { trpc } from '../../connection/trpc.ts'
import { useSignedIn } from '../session/session-provider.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { MemberList } from './member-list.tsx'
import { RequestList } from './request-list.tsx'

/** The current organization: its members and, for those who pay, members' requests. */
export function TeamHome() {
  const { organizationId } = useSignedIn().acting
  const isPayer = trpc.billing.plan.useQuery().data?.isOwner === true
  if (organizationId === null) {
    return (
      <Card>
        <Words>{copy.t.team.lead}</Words>
      </Card>
    )
  }
  return (
    <>
      {isPayer ? <RequestList /> : null}
      <MemberList organizationId={organizationId} />
    </>
  )
}
