import { TEAM_ROLES, type TeamRole } from '@tollgate/contract'
import { INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Selects one of the roles. */
export function RoleSelect(props: {
  id?: string
  label?: string
  role: TeamRole
  onRole: (role: TeamRole) => void
}) {
  const { id, label, role, onRole } = props
  const { t } = useCopy()
  return (
    <select
      id={id}
      aria-label={label}
      value={role}
      onChange={({ target }) => {
        const chosen = TEAM_ROLES.find((one) => one === target.value)
        if (chosen) onRole(chosen)
      }}
      className={`${INPUT_STYLE} min-h-11 max-w-56`}
    >
      {TEAM_ROLES.map((one) => (
        <option key={one} value={one}>
          {`${t.team.roles[one]} – ${t.team.roleHints[one]}`}
        </option>
      ))}
    </select>
  )
}
