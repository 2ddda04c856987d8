import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ApiKeyRecord, ApiKeys } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** How every secret begins: sets it apart from a session’s token, and lets secret scanners find it. */
export const API_KEY_PREFIX = 'tollgate_sk_'
const SECRET_BYTES = 32
const HINT_LENGTH = 4
/** More than programs a person runs. */
const KEYS_PER_USER_MAX = 50
/** Keys a ledger is likely to name; older ones go without a name. */
const NAMED_MAX = 500

/** Keeps the hash of each key and its scope in the database; `onRevoked` is called before a revocation is answered. */
export function createApiKeys(options: { database: Database; onRevoked: () => void }): ApiKeys {
  const { database, onRevoked } = options
  return {
    async create(ownerId, { name, procedures, meters, expiresInDays }) {
      const secret = `${API_KEY_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`
      const [row] = await database.query<KeyRow>({
        ...CREATE,
        values: [
          randomUUID(),
          ownerId,
          name,
          secret.slice(-HINT_LENGTH),
          hashOfApiKey(secret),
          procedures,
          meters,
          expiresInDays,
          KEYS_PER_USER_MAX,
        ],
      })
      return row ? { key: recordOf(row), secret } : null
    },
    async list(ownerId) {
      const rows = await database.query<KeyRow>({ ...LIST, values: [ownerId] })
      return rows.map(recordOf)
    },
    names: (ownerId) => database.query({ ...NAMES, values: [ownerId, NAMED_MAX] }),
    async revoke(ownerId, id) {
      const revoked = await database.query({ ...REVOKE, values: [ownerId, id] })
      onRevoked()
      return revoked.length > 0
    },
  }
}

/** What is stored of a secret. */
export function hashOfApiKey(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

const COLUMNS =
  'k.id, k.name, k.hint, k.procedures, k.meters, k.created_at, k.expires_at, k.last_used_at'

const CREATE = {
  name: 'auth_create_api_key',
  text: `
    insert into auth_api_key as k (id, user_id, name, hint, secret_hash, procedures, meters, expires_at)
    select $1, u.id, $3, $4, $5, $6, $7, now() + $8::integer * interval '1 day'
    from auth_user u
    where u.id = $2 and (
      select count(*) from auth_api_key other where other.user_id = u.id and other.revoked_at is null
    ) < $9
    returning ${COLUMNS}`,
}

const LIST = {
  name: 'auth_list_api_keys',
  text: `
    select ${COLUMNS}
    from auth_api_key k
    where k.user_id = $1 and k.revoked_at is null
    order by k.created_at desc`,
}

const NAMES = {
  name: 'auth_name_api_keys',
  text: `
    select k.id, k.name
    from auth_api_key k
    where k.user_id = $1
    order by k.created_at desc
    limit $2`,
}

const REVOKE = {
  name: 'auth_revoke_api_key',
  text: `
    update auth_api_key k
    set revoked_at = now()
    where k.user_id = $1 and k.id = $2 and k.revoked_at is null
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
