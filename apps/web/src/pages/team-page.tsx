import { useCopy } from '../copy/copy-context.tsx'
import { AccountNeeded } from '../features/account/account-needed.tsx'
import type { Person } from '../features/account/use-session.ts'
import { AccountSwitcher } from '../features/team/account-switcher.tsx'
import { CreateTeam } from '../features/team/create-team.tsx'
import { TeamHome } from '../features/team/team-home.tsx'

/** The current team, or a form to create one. */
export function TeamPage({ person }: { person: Person }) {
  const { t } = useCopy()
  const { organizationId } = person
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-[1.75rem]">{t.team.title}</h1>
          <p className="mt-1.5 text-muted">{t.team.lead}</p>
        </div>
        <AccountSwitcher person={person} />
      </header>
      {person.isGuest ? (
        <AccountNeeded title={t.account.keep} text={t.team.guest} />
      ) : organizationId === null ? (
        <CreateTeam />
      ) : (
        <TeamHome organizationId={organizationId} userId={person.id} />
      )}
    </div>
  )
}
