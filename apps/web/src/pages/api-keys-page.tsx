import { useCopy } from '../copy/copy-context.tsx'
import { AccountNeeded } from '../features/account/account-needed.tsx'
import type { Person } from '../features/account/use-session.ts'
import { ApiKeyList } from '../features/api-keys/api-key-list.tsx'
import { CreateApiKey } from '../features/api-keys/create-api-key.tsx'

/** The user's API keys. */
export function ApiKeysPage({ person }: { person: Person }) {
  const { t } = useCopy()
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <header>
        <h1 className="text-2xl sm:text-[1.75rem]">{t.apiKeys.title}</h1>
        <p className="mt-1.5 text-muted">
          {person.organizationId === null ? t.apiKeys.lead : t.apiKeys.teamLead}
        </p>
      </header>
      {person.isGuest ? (
        <AccountNeeded title={t.apiKeys.guestTitle} text={t.apiKeys.guestText} />
      ) : (
        <>
          <CreateApiKey />
          <ApiKeyList isTeam={person.organizationId !== null} />
        </>
      )}
    </div>
  )
}
