/** The page after deleting a team: the user's own data, with a confirmation. */
export const TEAM_DELETED_PAGE = '/account/data?deleted=team'

/** Whether the URL says that a team was just deleted. */
export function isTeamDeleted(search: string): boolean {
  return new URLSearchParams(search).get('deleted') === 'team'
}
