import type { Database } from '../database.ts'
import { allowLogin } from './provision-role.ts'

/** How a component's connections get its role. */
export type RoleConnection = { url: string; settings: Record<string, string> }

/**
 * Says how to connect under a role: by the role's own login where a password is given, which the owner must be able to set; otherwise
 * by switching to the role where the login is a member of it; otherwise as the login itself.
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
    text: `select exists (select from pg_roles where rolname = $1)
             and pg_has_role(current_user, (select oid from pg_roles where rolname = $1), 'member') as usable`,
    values: [role],
  })
  return { url, settings: row?.usable ? { role } : {} }
}
