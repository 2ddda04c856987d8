import type { Database } from '@tollgate/database'

/** The role that may add to the books and not rewrite them. */
const ROLE = 'tollgate_ledger'

/** The settings under which the backend connects: the restricted role, where this server has it and lets us use it. */
export async function ledgerRoleSettings(database: Database): Promise<Record<string, string>> {
  const [row] = await database.query<{ usable: boolean }>({
    text: `select exists (select from pg_roles where rolname = $1)
             and pg_has_role(current_user, (select oid from pg_roles where rolname = $1), 'member') as usable`,
    values: [ROLE],
  })
  return row?.usable ? { role: ROLE } : {}
}
