import type { TeamMembers, TeamPerson } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** Reads the members of an organization. */
export function createTeamMembers({ database }: { database: Database }): TeamMembers {
  return {
    list: (organizationId) => database.query<TeamPerson>({ ...LIST, values: [organizationId] }),
  }
}

const LIST = {
  name: 'auth_list_members',
  text: `
    select u.id, u.name, u.email
    from auth_member m
    join auth_user u on u.id = m."userId"
    where m."organizationId" = $1
    order by m."createdAt", u.id`,
}
