import type { Database } from '../database.ts'

/**
 * The login of a connection when it is a superuser's, else null. On such a connection, anyone who can inject a statement can leave the
 * role that it switched to.
 */
export async function superuserLogin(database: Database): Promise<string | null> {
  const [row] = await database.query<{ login: string; isSuperuser: boolean }>({
    text: `select session_user::text as login, rolsuper as "isSuperuser" from pg_roles where rolname = session_user`,
  })
  return row?.isSuperuser ? row.login : null
}
