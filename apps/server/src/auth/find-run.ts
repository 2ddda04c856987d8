import type { ApiKey } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import { runRefused } from '@tollgate/metering'
import { hashOfApiKey } from './create-api-keys.ts'
import { KEY_OWNER_COLUMNS, KEY_OWNER_JOINS } from './key-owner.ts'
import type { UserRow } from './user-row.ts'

/** A usable run, and the user or organization whose key started it. */
export type FoundRun = { key: ApiKey; user: UserRow; expiresAt: number }

/**
 * Finds the run of a token, with everything that may end it, in one statement; null for an unknown token. Throws the refusal of a run that
 * has expired or ended.
 */
export async function findRun(
  { database, now }: { database: Database; now: () => number },
  token: string,
): Promise<FoundRun | null> {
  const [row] = await database.query<RunRow>({ ...FIND, values: [hashOfApiKey(token)] })
  if (!row) return null
  if (row.has_ended) throw runRefused('ended')
  const expiresAt = row.expires_at.getTime()
  if (expiresAt <= now()) throw runRefused('expired')
  const { key_id: id, lineage: runs, procedures, meters } = row
  return { key: { id, runs, procedures, meters }, user: row, expiresAt }
}

const FIND = {
  name: 'auth_find_run',
  text: `
    select k.id as key_id, r.ancestors || r.id as lineage, r.procedures, r.meters, r.expires_at,
      r.ended_at is not null or k.revoked_at is not null or k.expires_at <= now() or exists (
        select from auth_run a where a.id = any (r.ancestors) and a.ended_at is not null
      ) as has_ended,
      ${KEY_OWNER_COLUMNS}
    from auth_run r
    join auth_api_key k on k.id = r.key_id
    ${KEY_OWNER_JOINS}
    where r.secret_hash = $1`,
}

type RunRow = UserRow & {
  key_id: string
  lineage: string[]
  procedures: string[] | null
  meters: string[]
  expires_at: Date
  has_ended: boolean
}
