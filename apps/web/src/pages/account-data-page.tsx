import { useSearch } from 'wouter'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { trpc } from '../connection/trpc.ts'
import { useCopy } from '../copy/copy-context.tsx'
import type { Person } from '../features/account/use-session.ts'
import { DeleteCard } from '../features/account-data/delete-card.tsx'
import { DownloadCard } from '../features/account-data/download-card.tsx'
import { isTeamDeleted } from '../features/account-data/team-deleted.ts'
import { switchTo } from '../features/team/switch-to.ts'

/** The data of the user or the current team: to download and to delete. */
export function AccountDataPage({ person }: { person: Person }) {
  const { t } = useCopy()
  const wasTeamDeleted = isTeamDeleted(useSearch()) && person.organizationId === null
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <header>
        <h1 className="text-2xl sm:text-[1.75rem]">{t.accountData.title}</h1>
        <p className="mt-1.5 text-muted">{t.accountData.lead}</p>
      </header>
      {wasTeamDeleted ? (
        <Notice tone="good" title={t.accountData.teamDeleted}>
          <p>{t.accountData.teamDeletedText}</p>
        </Notice>
      ) : null}
      <DataCards person={person} />
    </div>
  )
}

function DataCards({ person }: { person: Person }) {
  const { t } = useCopy()
  const deletion = trpc.account.deletion.useQuery()
  const isTeam = person.organizationId !== null
  if (deletion.error?.data?.code === 'FORBIDDEN') {
    return (
      <Notice
        tone="info"
        title={t.accountData.notOwner}
        actions={
          <Button onClick={() => void switchTo(null, '/account/data')}>
            {t.accountData.toOwn}
          </Button>
        }
      >
        <p>{t.accountData.notOwnerText}</p>
      </Notice>
    )
  }
  if (deletion.isPending) {
    return (
      <div aria-busy className="grid gap-5">
        <Skeleton className="h-40 w-full rounded-card" />
        <Skeleton className="h-64 w-full rounded-card" />
        <span className="sr-only">{t.loading}</span>
      </div>
    )
  }
  return (
    <div className="grid gap-5">
      {/* Shown even if the billing backend cannot report the consequences of a deletion. */}
      <DownloadCard isTeam={isTeam} />
      {deletion.data ? (
        <DeleteCard
          person={person}
          deletion={deletion.data}
          onCheck={() => void deletion.refetch()}
        />
      ) : (
        <Notice
          tone="danger"
          title={t.accountData.unread}
          actions={<Button onClick={() => void deletion.refetch()}>{t.accountData.again}</Button>}
        />
      )}
    </div>
  )
}
