/** Where one is after deleting a team: on the page of one's own data, which says that it is done. */
export const TEAM_DELETED_PAGE = '/account/data?deleted=team'

/** Whether the address says that a team was just deleted. */
export function isTeamDeleted(search: string): boolean {
  return new URLSearchParams(search).get('deleted') === 'team'
}
