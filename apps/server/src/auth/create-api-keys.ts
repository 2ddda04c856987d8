import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ApiKeyRecord, ApiKeys, KeyOwner } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** The prefix of every secret: distinguishes it from a session token, and lets secret scanners detect it. */
export const API_KEY_PREFIX = 'tollgate_sk_'
const SECRET_BYTES = 32
const HINT_LENGTH = 4
/** More than the programs that a person or a team runs. */
const KEYS_PER_OWNER_MAX = 50
/** How many keys can be shown by name; older ones are shown without. */
const NAMED_MAX = 500

/** Stores each key's hash and scope in the database; `onRevoked` is called before a revocation is answered. */
export function createApiKeys(options: { database: Database; onRevoked: () => void }): ApiKeys {
  const { database, onRevoked } = options
  return {
    async create(owner, { name, procedures, meters, expiresInDays }) {
      const secret = `${API_KEY_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`
      const [row] = await database.query<KeyRow>({
        ...CREATE,
        values: [
          randomUUID(),
          ...idsOf(owner),
          name,
          secret.slice(-HINT_LENGTH),
          hashOfApiKey(secret),
          procedures,
          meters,
          expiresInDays,
          KEYS_PER_OWNER_MAX,
        ],
      })
      return row ? { key: recordOf(row), secret } : null
    },
    async list(owner) {
      const rows = await database.query<KeyRow>({ ...LIST, values: idsOf(owner) })
      return rows.map(recordOf)
    },
    names: (owner) => database.query({ ...NAMES, values: [...idsOf(owner), NAMED_MAX] }),
    async revoke(owner, id) {
      const revoked = await database.query({ ...REVOKE, values: [...idsOf(owner), id] })
      onRevoked()
      return revoked.length > 0
    },
  }
}

/** The stored hash of a secret. */
export function hashOfApiKey(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The user id and the organization id of an owner, one of them null. */
function idsOf({ kind, id }: KeyOwner): [string | null, string | null] {
  return kind === 'user' ? [id, null] : [null, id]
}

const COLUMNS =
  'k.id, k.name, k.hint, k.procedures, k.meters, k.created_at, k.expires_at, k.last_used_at'

const CREATE = {
  name: 'auth_create_api_key',
  text: `
    insert into auth_api_key as k (id, user_id, organization_id, name, hint, secret_hash, procedures, meters, expires_at)
    select $1, $2, $3, $4, $5, $6, $7, $8, now() + $9::integer * interval '1 day'
    where (
      select count(*) from auth_api_key other
      where (other.user_id = $2 or other.organization_id = $3) and other.revoked_at is null
    ) < $10
    returning ${COLUMNS}`,
}

const LIST = {
  name: 'auth_list_api_keys',
  text: `
    select ${COLUMNS}
    from auth_api_key k
    where (k.user_id = $1 or k.organization_id = $2) and k.revoked_at is null
    order by k.created_at desc`,
}

const NAMES = {
  name: 'auth_name_api_keys',
  text: `
    select k.id, k.name
    from auth_api_key k
    where k.user_id = $1 or k.organization_id = $2
    order by k.created_at desc
    limit $3`,
}

const REVOKE = {
  name: 'auth_revoke_api_key',
  text: `
    update auth_api_key k
    set revoked_at = now()
    where (k.user_id = $1 or k.organization_id = $2) and k.id = $3 and k.revoked_at is null
    returning k.id`,
}

type KeyRow = {
  id: string
  name: string
  hint: string
  procedures: string[] | null
  meters: string[] | null
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
}

function recordOf(row: KeyRow): ApiKeyRecord {
  const { id, name, hint, procedures, meters } = row
  return {
    id,
    name,
    hint,
    procedures,
    meters,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
