import { useSession, useSignedIn } from '../session/session-provider.tsx'
import { Choice } from '../../ui/choice.tsx'
import { copy } from '../../copy.ts'
import { useOrganizations } from './use-organizations.ts'

const { t } = copy

/** No organization has this id. */
const OWN = ''

/** Switches between the personal account and the user's teams; renders nothing without a team. */
export function AccountSwitcher() {
  const { switchBy } = useSession()
  const session = useSignedIn()
  const organizations = useOrganizations(session)
  if (!organizations.data || organizations.data.length === 0) return null
  return (
    <Choice
      label={t.team.actFor}
      value={session.acting.organizationId ?? OWN}
      options={[
        { value: OWN, label: t.team.own(session.name) },
        ...organizations.data.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(value) => {
        const organizationId = value === OWN ? null : value
        void switchBy({ path: 'set-active', body: { organizationId } })
      }}
    />
  )
}
