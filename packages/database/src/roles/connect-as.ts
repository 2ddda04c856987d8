import type { Database } from '../database.ts'
import { allowLogin } from './provision-role.ts'

/** How a component's connections get its role. */
export type RoleConnection = { url: string; settings: Record<string, string> }

/**
 * How to connect under a role: with the role's own login if a password is given, which the owner must be able to set; otherwise by
 * switching to the role if the login may; otherwise as the login itself.
 */
export async function connectAs(
  owner: Database,
  options: { url: string; role: string; password?: string | undefined },
): Promise<RoleConnection> {
  const { url, role, password } = options
  if (password !== undefined) {
    await allowLogin(owner, { name: role, password })
    const own = new URL(url)
    own.username = role
    own.password = password
    return { url: own.href, settings: {} }
  }
  const [row] = await owner.query<{ usable: boolean }>({
    text: `select pg_has_role(current_user, oid, case when current_setting('server_version_num')::int < 160000
                                                        then 'member' else 'set' end) as usable
           from pg_roles where rolname = $1`,
    values: [role],
  })
  return { url, settings: row?.usable ? { role } : {} }
}
