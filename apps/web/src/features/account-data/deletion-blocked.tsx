import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Person } from '../account/use-session.ts'
import { switchTo } from '../team/switch-to.ts'
import { useOrganizations } from '../team/use-organizations.ts'
import type { Deletion } from './deletion.ts'

type Blocker = NonNullable<Deletion['blockedBy']>

/** Why the account cannot be deleted now, and a link to what resolves it. */
export function DeletionBlocked(props: {
  person: Person
  blockedBy: Blocker
  organizations: readonly string[]
  onCheck: () => void
}) {
  const { person, blockedBy, organizations, onCheck } = props
  const { t } = useCopy()
  const { title, text } = t.accountData.blocked[blockedBy]
  return (
    <Notice
      tone="warn"
      title={title}
      actions={
        <>
          {wayOn()}
          <Button onClick={onCheck}>{t.accountData.checkAgain}</Button>
        </>
      }
    >
      <p>{text}</p>
    </Notice>
  )

  function wayOn(): ReactNode {
    switch (blockedBy) {
      case 'plan':
        return (
          <Link href="/billing" className={buttonStyle('secondary')}>
            {t.accountData.toBilling}
          </Link>
        )
      case 'checkout':
        return (
          <Link href="/plans" className={buttonStyle('secondary')}>
            {t.accountData.toPlans}
          </Link>
        )
      case 'organizations':
        return <Teams person={person} names={organizations} />
    }
  }
}

/** Links each team without another owner, on a page that acts for it. */
function Teams({ person, names }: { person: Person; names: readonly string[] }) {
  const { t } = useCopy()
  const organizations = useOrganizations(person)
  const teams = organizations.data?.filter(({ name }) => names.includes(name)) ?? []
  return teams.map(({ id, name }) => (
    <div key={id} className="flex flex-wrap gap-2">
      <Button onClick={() => void switchTo(id, '/team')}>{t.accountData.members(name)}</Button>
      <Button onClick={() => void switchTo(id, '/account/data')}>
        {t.accountData.deleteTeam(name)}
      </Button>
    </div>
  ))
}
