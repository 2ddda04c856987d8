import { useSearchParams } from 'wouter'
import { useCopy } from '../copy/copy-context.tsx'
import type { Person } from '../features/account/use-session.ts'
import { JoinTeam } from '../features/team/join-team.tsx'

/** The target of an invitation link. */
export function JoinPage({ person }: { person: Person }) {
  const { t } = useCopy()
  const [parameters] = useSearchParams()
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <h1 className="text-2xl sm:text-[1.75rem]">{t.team.join.title}</h1>
      <JoinTeam person={person} invitationId={parameters.get('invitation') ?? ''} />
    </div>
  )
}
