import type { TeamMember } from '@tollgate/client/react'
import type { TeamRole } from '@tollgate/contract'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { SubjectLimits } from '../limits/subject-limits.tsx'
import { RoleSelect } from './role-select.tsx'

/** One member with its role and actions. */
export function MemberRow(props: {
  member: TeamMember
  isSelf: boolean
  /** Whether the viewer is an owner. */
  byOwner: boolean
  /** Whether the viewer may change the member's limits. */
  mayLimit: boolean
  onRole: (role: TeamRole) => void
  onPart: () => void
}) {
  const { member, isSelf, byOwner, mayLimit, onRole, onPart } = props
  const { t } = useCopy()
  const { name, email } = member.user
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-5 py-3 sm:px-6">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium">{name}</span>
        {isSelf ? ` (${t.team.you})` : null}
        <span className="block text-sm text-muted">{email}</span>
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {byOwner ? (
          <RoleSelect label={t.team.role(name)} role={member.role} onRole={onRole} />
        ) : (
          <span className="text-sm">{t.team.roles[member.role]}</span>
        )}
        {isSelf ? (
          <Button look="quiet" onClick={onPart}>
            {t.team.leave}
          </Button>
        ) : byOwner ? (
          <Button look="quiet" aria-label={t.team.removeNamed(name)} onClick={onPart}>
            {t.team.remove}
          </Button>
        ) : null}
      </span>
      <SubjectLimits
        subject={{ kind: 'member', id: member.userId }}
        name={name}
        mayChange={mayLimit}
      />
    </li>
  )
}
