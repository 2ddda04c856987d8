import type { ApiKey } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { apiKeyRefused, rateLimited, runRefused } from '@tollgate/metering'
import { LRUCache } from 'lru-cache'
import { API_KEY_PREFIX, hashOfApiKey } from './create-api-keys.ts'
import { KEY_OWNER_COLUMNS, KEY_OWNER_JOINS } from './key-owner.ts'
import { RUN_TOKEN_PREFIX } from './create-runs.ts'
import { findRun } from './find-run.ts'
import type { SignInLimits } from './create-sign-in-limits.ts'
import type { UserRow } from './user-row.ts'

/** How many rate-limited addresses this process caches. */
const WAITING_MAX = 10_000
/** The resolution at which the last use of a key is stored. */
const LAST_USED_MS = 60_000

/** A usable key or run, and the user or organization it acts as. */
export type FoundApiKey = { key: ApiKey; user: UserRow; expiresAt: number }

/** Finds the key of a secret, or the run of a token; throws the refusal of one that is unknown, expired, revoked or ended. */
export type ApiKeyFinder = (secret: string, address: string) => Promise<FoundApiKey>

/** The API key or run token in the `Authorization` header; null for any other token. */
export function apiKeyIn(headers: Headers): string | null {
  const bearer = /^bearer +(?<token>\S+)$/i.exec(headers.get('authorization')?.trim() ?? '')
  const token = bearer?.groups?.['token']
  const isOurs = [API_KEY_PREFIX, RUN_TOKEN_PREFIX].some((prefix) => token?.startsWith(prefix))
  return isOurs ? (token ?? null) : null
}

/** Looks keys up in one statement; an address that sent too many unknown ones, to any process, has to wait. */
export function createApiKeyFinder(options: {
  database: Database
  limits: Pick<SignInLimits, 'unknownKey'>
  now: () => number
  logger: Logger
}): ApiKeyFinder {
  const { database, limits, now, logger } = options
  const waiting = new LRUCache<string, number>({ max: WAITING_MAX })

  return async function findApiKey(secret, address) {
    const leftMs = (waiting.get(address) ?? 0) - now()
    if (leftMs > 0) throw rateLimited(leftMs)
    const isRun = secret.startsWith(RUN_TOKEN_PREFIX)
    const found = await (isRun ? findRun({ database, now }, secret) : findKey(secret))
    if (found) return found
    const waitMs = await limits.unknownKey(address)
    if (waitMs !== null) {
      // Further ones are rejected without a lookup.
      waiting.set(address, now() + waitMs, { ttl: waitMs })
      throw rateLimited(waitMs)
    }
    throw isRun ? runRefused('unknown') : apiKeyRefused('unknown')
  }

  async function findKey(secret: string): Promise<FoundApiKey | null> {
    const [row] = await database.query<KeyRow>({ ...FIND, values: [hashOfApiKey(secret)] })
    if (!row) return null
    if (row.revoked_at) throw apiKeyRefused('revoked')
    const expiresAt = row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY
    if (expiresAt <= now()) throw apiKeyRefused('expired')
    if (now() - (row.last_used_at?.getTime() ?? 0) > LAST_USED_MS) recordUse(row.key_id)
    const { key_id: id, procedures, meters } = row
    return { key: { id, procedures, meters }, user: row, expiresAt }
  }

  /** No call waits for it or fails because of it. */
  function recordUse(id: string): void {
    database.query({ ...RECORD_USE, values: [id] }).catch((error: unknown) => {
      logger.warn({ error }, 'auth: recording the use of an API key failed')
    })
  }
}

const FIND = {
  name: 'auth_find_api_key',
  text: `
    select k.id as key_id, k.procedures, k.meters, k.expires_at, k.last_used_at, k.revoked_at,
      ${KEY_OWNER_COLUMNS}
    from auth_api_key k
    ${KEY_OWNER_JOINS}
    where k.secret_hash = $1`,
}

const RECORD_USE = {
  name: 'auth_record_api_key_use',
  text: 'update auth_api_key set last_used_at = now() where id = $1',
}

type KeyRow = UserRow & {
  key_id: string
  procedures: string[] | null
  meters: string[] | null
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}
