import { createAccessControl } from 'better-auth/plugins/access'
import { defaultStatements } from 'better-auth/plugins/organization/access'

/** What there is to be allowed: the library's own statements, and ours about money. */
export const accessControl = createAccessControl({
  ...defaultStatements,
  billing: ['buy'],
  credits: ['spend'],
})

/** Every role of an organization and what it may do: the one place that says so. */
export const TEAM_ROLES = {
  owner: accessControl.newRole({
    organization: ['update'],
    member: ['create', 'update', 'delete'],
    invitation: ['create', 'cancel'],
    billing: ['buy'],
    credits: ['spend'],
  }),
  billing: accessControl.newRole({ billing: ['buy'], credits: ['spend'] }),
  member: accessControl.newRole({ credits: ['spend'] }),
  viewer: accessControl.newRole({}),
}

export type TeamRole = keyof typeof TEAM_ROLES

/** Whether a text names a role. */
export function isTeamRole(role: unknown): role is TeamRole {
  return typeof role === 'string' && Object.hasOwn(TEAM_ROLES, role)
}

/** What a role may do with the credits of its organization; one that is not known may only look. */
export function abilitiesOf(role: string): { mayBuy: boolean; maySpend: boolean } {
  if (!isTeamRole(role)) return { mayBuy: false, maySpend: false }
  const { [role]: rules } = TEAM_ROLES
  return {
    mayBuy: rules.authorize({ billing: ['buy'] }).success,
    maySpend: rules.authorize({ credits: ['spend'] }).success,
  }
}
