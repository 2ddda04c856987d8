import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Person } from '../account/use-session.ts'
import { useOrganizations } from './use-organizations.ts'

/** Reports that another window has switched accounts, and lets the user decide when this one follows. */
export function SwitchedNotice(props: {
  /** The user, acting for the account that this window shows. */
  person: Person
  /** The organization that the session acts for; null for the personal account. */
  actingFor: string | null
}) {
  const { person, actingFor } = props
  const { t } = useCopy()
  const organizations = useOrganizations(person)
  const nameOf = (account: string | null) =>
    account === null
      ? t.team.own(person.name)
      : (organizations.data?.find(({ id }) => id === account)?.name ?? t.team.title)
  return (
    <div className="mx-auto max-w-6xl px-4 pt-4 sm:px-6">
      <Notice
        tone="warn"
        title={t.team.switched.title(nameOf(actingFor))}
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            {t.team.switched.follow}
          </Button>
        }
      >
        <p>{t.team.switched.text(nameOf(person.organizationId))}</p>
      </Notice>
    </div>
  )
}
