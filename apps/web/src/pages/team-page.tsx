import { Link } from 'wouter'
import { buttonStyle } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { useCopy } from '../copy/copy-context.tsx'
import type { Person } from '../features/account/use-session.ts'
import { AccountSwitcher } from '../features/team/account-switcher.tsx'
import { CreateTeam } from '../features/team/create-team.tsx'
import { TeamHome } from '../features/team/team-home.tsx'

/** The team that the person acts for, or the way to one. */
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
        <Notice
          tone="info"
          title={t.account.keep}
          actions={
            <Link href="/account" className={buttonStyle('secondary')}>
              {t.account.keep}
            </Link>
          }
        >
          <p>{t.team.guest}</p>
        </Notice>
      ) : organizationId === null ? (
        <CreateTeam />
      ) : (
        <TeamHome organizationId={organizationId} userId={person.id} />
      )}
    </div>
  )
}
