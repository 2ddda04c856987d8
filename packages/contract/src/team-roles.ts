/** The roles of an organization, as they are offered. */
export const TEAM_ROLES = ['owner', 'billing', 'member', 'viewer'] as const

export type TeamRole = (typeof TEAM_ROLES)[number]
