import { INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Person } from '../account/use-session.ts'
import { switchTo } from './switch-to.ts'
import { useOrganizations } from './use-organizations.ts'

/** Switches between the personal account and the user's teams; renders nothing without a team. */
export function AccountSwitcher({ person }: { person: Person }) {
  const { t } = useCopy()
  const organizations = useOrganizations(person)
  if (!organizations.data || organizations.data.length === 0) return null
  return (
    <select
      aria-label={t.team.actFor}
      value={person.organizationId ?? OWN}
      onChange={({ target: { value } }) => void switchTo(value === OWN ? null : value)}
      className={`${INPUT_STYLE} min-h-11 max-w-48 truncate`}
    >
      <option value={OWN}>{t.team.own(person.name)}</option>
      {organizations.data.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** No organization has this id. */
const OWN = ''
