/** The roles of an organization, in the order in which they are offered. */
export const TEAM_ROLES = ['owner', 'billing', 'member', 'viewer'] as const

/** What a member of an organization may do: own it, pay, spend, or look. */
export type TeamRole = (typeof TEAM_ROLES)[number]
