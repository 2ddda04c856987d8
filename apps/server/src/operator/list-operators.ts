import type { OperatorRow } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** More than an installation accumulates in years. */
const LISTED_MAX = 100

/** Who became an operator or ceased to be one, newest first. */
export async function listOperators(database: Database): Promise<OperatorRow[]> {
  const rows = await database.query<Omit<OperatorRow, 'changedAt'> & { changedAt: Date }>({
    name: 'auth_list_operator_changes',
    text: `
      select user_id as "userId", email, change, changed_by as "changedBy", reason, changed_at as "changedAt"
      from auth_operator_change order by id desc limit $1`,
    values: [LISTED_MAX],
  })
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }))
}
