import { createAccessControl } from 'better-auth/plugins/access'
import { defaultStatements } from 'better-auth/plugins/organization/access'

/** The permissions that exist: the library's own, and ours about money. */
export const accessControl = createAccessControl({
  ...defaultStatements,
  billing: ['buy'],
  credits: ['spend'],
})

/** Every role of an organization with its permissions: the single definition. */
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

/** Whether a text is the name of a role. */
export function isTeamRole(role: unknown): role is TeamRole {
  return typeof role === 'string' && Object.hasOwn(TEAM_ROLES, role)
}

/** What a role may do with its organization's credits; an unknown role may only read. */
export function abilitiesOf(role: string): { mayBuy: boolean; maySpend: boolean } {
  if (!isTeamRole(role)) return { mayBuy: false, maySpend: false }
  const { [role]: rules } = TEAM_ROLES
  return {
    mayBuy: rules.authorize({ billing: ['buy'] }).success,
    maySpend: rules.authorize({ credits: ['spend'] }).success,
  }
}
