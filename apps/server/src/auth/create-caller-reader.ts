import { type BillingCustomer, customerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { LRUCache } from 'lru-cache'
import type { Auth } from './create-auth.ts'
import { readSessionToken } from './read-session-token.ts'

/** How long a caller is believed without the database, should a notification be lost with its connection. */
const CACHED_MS = 5_000
const CACHED_CALLERS_MAX = 10_000
const CHANNEL = 'auth_user_changed'

/** The customer that pays for a call, and whether it is a guest. */
export type Caller = { customer: BillingCustomer; isGuest: boolean }

export type CallerReader = {
  /** Who sends these headers; null when no valid session comes with them. */
  read(headers: Headers): Promise<Caller | null>
  /** Forgets every caller, when a session or a user has changed in this process. */
  clear(): void
  stop(): Promise<void>
}

type Cached = Caller & { userId: string }

/** Finds the caller by cookie or bearer token in one statement, and remembers it until its session or user changes in any process. */
export async function createCallerReader(options: {
  auth: Auth
  database: Database
  /** Milliseconds of the wall clock. */
  now?: () => number
}): Promise<CallerReader> {
  const { auth, database, now = Date.now } = options
  const { authCookies, secret, sessionConfig } = await auth.$context
  const refreshDueMs = (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000
  const cache = new LRUCache<string, Cached>({
    max: CACHED_CALLERS_MAX,
    ttlResolution: 0,
    perf: { now },
  })
  // What was read before a change is not remembered after it.
  let changes = 0

  const stop = await database.listen(CHANNEL, (userId) => {
    changes += 1
    for (const [credential, caller] of cache.entries()) {
      if (caller.userId === userId) cache.delete(credential)
    }
  })

  return { read, clear, stop }

  async function read(headers: Headers): Promise<Caller | null> {
    const credential = credentialIn(headers)
    if (credential === null) return null
    const cached = cache.get(credential)
    if (cached) return cached
    const before = changes
    const found = await find(headers)
    if (!found) return null
    const ttl = Math.min(CACHED_MS, found.expiresAt - now())
    if (ttl > 0 && before === changes) cache.set(credential, found.caller, { ttl })
    return found.caller
  }

  function clear(): void {
    changes += 1
    cache.clear()
  }

  async function find(headers: Headers): Promise<{ caller: Cached; expiresAt: number } | null> {
    const token = await readSessionToken(headers, { cookie: authCookies.sessionToken.name, secret })
    if (token === null) return null
    const [row] = await database.query<SessionRow>({ ...FIND_SESSION, values: [token] })
    const expiresAt = row?.expires_at.getTime() ?? 0
    if (!row || expiresAt <= now()) return null
    // Once a day a session in use is prolonged, by the library that owns its rules.
    if (expiresAt <= now() + refreshDueMs && !(await auth.api.getSession({ headers }))) return null
    return { caller: callerOf(row), expiresAt }
  }
}

const FIND_SESSION = {
  name: 'auth_find_session',
  text: `
    select s."expiresAt" as expires_at, u.id, u.name, u.email, u."customerId" as customer_id, u."isAnonymous" as is_guest
    from auth_session s
    join auth_user u on u.id = s."userId"
    where s.token = $1`,
}

type SessionRow = {
  expires_at: Date
  id: string
  name: string
  email: string
  customer_id: string
  is_guest: boolean
}

function callerOf(row: SessionRow): Cached {
  const { id, name, email, is_guest: isGuest } = row
  return { userId: id, customer: { customerId: customerId(row.customer_id), name, email }, isGuest }
}

/** Everything that could name the session, as it came: another spelling is looked up again. */
function credentialIn(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  const cookie = headers.get('cookie')
  return authorization === null && cookie === null
    ? null
    : `${authorization ?? ''}\n${cookie ?? ''}`
}
