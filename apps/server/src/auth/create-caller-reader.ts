import type { ApiKey, User } from '@tollgate/api'
import { type BillingCustomer, customerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { LRUCache } from 'lru-cache'
import type { Auth } from './create-auth.ts'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { type ApiKeyFinder, apiKeyIn } from './find-api-key.ts'
import { type AccessSignals, createAccessSignals } from './access-signals.ts'
import { readSessionToken } from './read-session-token.ts'
import { abilitiesOf } from './team-roles.ts'
import type { UserRow } from './user-row.ts'

/** How long a caller is believed without the database, should a notification be lost with its connection. */
const CACHED_MS = 5_000
const CACHED_CALLERS_MAX = 10_000
const CHANNEL = 'auth_user_changed'

/** Who makes a call, and who pays for it. */
export type Caller = {
  /** Null for a user who is no member any more of the organization that its session acts for. */
  customer: BillingCustomer | null
  isGuest: boolean
  user: User
  /** The key that a program acts with. */
  apiKey?: ApiKey
}

export type CallerReader = {
  /** Who sends these headers; null when no valid session comes with them. Throws the refusal of an API key that is not valid. */
  read(headers: Headers): Promise<Caller | null>
  /** Forgets every caller, when a session or a user has changed in this process. */
  clear(): void
  stop(): Promise<void>
}

/**
 * Finds the caller by API key, bearer token or cookie in one statement, and remembers it until its key, session or user changes in
 * any process.
 * A caller that acts for an organization, and a run, are read with every call: a removed member or an ended run must not spend even
 * for a moment.
 */
export async function createCallerReader(options: {
  auth: Auth
  database: Database
  findApiKey: ApiKeyFinder
  /** Milliseconds of the wall clock. */
  now?: () => number
}): Promise<CallerReader> {
  const { auth, database, findApiKey, now = Date.now } = options
  const { authCookies, secret, sessionConfig } = await auth.$context
  const refreshDueMs = (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000
  const cache = new LRUCache<string, Caller>({
    max: CACHED_CALLERS_MAX,
    ttlResolution: 0,
    perf: { now },
  })
  // What was read before a change is not remembered after it.
  let changes = 0
  const access = createAccessSignals()

  const stop = await database.listen(
    CHANNEL,
    (userId) => {
      changes += 1
      access.end(userId)
      for (const [credential, caller] of cache.entries()) {
        if (caller.user.id === userId) cache.delete(credential)
      }
    },
    // A member may have been removed or a key revoked meanwhile: streams end, and their readers connect again.
    () => {
      clear()
      access.endAll()
    },
  )

  return { read, clear, stop }

  async function read(headers: Headers): Promise<Caller | null> {
    const credential = credentialIn(headers)
    if (credential === null) return null
    const cached = cache.get(credential)
    // Its signal may have made room for those of others.
    if (cached && !endOf(cached)?.aborted) return cached
    const before = changes
    const found = await find(headers)
    if (!found) return null
    // A membership or a key that ended during the read would have a signal that never fires.
    if (endOf(found.caller) && before !== changes) return read(headers)
    const ttl = found.isLasting ? Math.min(CACHED_MS, found.expiresAt - now()) : 0
    if (ttl > 0 && before === changes) cache.set(credential, found.caller, { ttl })
    return found.caller
  }

  function clear(): void {
    changes += 1
    cache.clear()
  }

  async function find(headers: Headers): Promise<Found | null> {
    const apiKey = apiKeyIn(headers)
    if (apiKey !== null) return findByKey(apiKey, headers)
    const token = await readSessionToken(headers, { cookie: authCookies.sessionToken.name, secret })
    if (token === null) return null
    const [row] = await database.query<SessionRow>({ ...FIND_SESSION, values: [token] })
    const expiresAt = row?.expires_at.getTime() ?? 0
    if (!row || expiresAt <= now()) return null
    // Once a day a session in use is prolonged, by the library that owns its rules.
    if (expiresAt <= now() + refreshDueMs && !(await auth.api.getSession({ headers }))) return null
    return {
      caller: callerOf(row, access),
      expiresAt,
      isLasting: row.organization_id === null,
    }
  }

  /** A key pays from the balance of the user or the organization that owns it. */
  async function findByKey(secret: string, headers: Headers): Promise<Found> {
    const address = headers.get(CLIENT_ADDRESS_HEADER) ?? 'unknown'
    const { key, user, expiresAt } = await findApiKey(secret, address)
    const apiKey = key.runs ? key : { ...key, until: access.of(user.id) }
    return { caller: { ...ownCaller(user), apiKey }, expiresAt, isLasting: !key.runs }
  }
}

/** What ends the streams of a caller: its membership, or its key. */
function endOf({ user, apiKey }: Caller): AbortSignal | undefined {
  return user.membership?.until ?? apiKey?.until
}

/** A caller, until when its session lasts, and whether it may be remembered meanwhile. */
type Found = { caller: Caller; expiresAt: number; isLasting: boolean }

const FIND_SESSION = {
  name: 'auth_find_session',
  text: `
    select s."expiresAt" as expires_at, u.id, u.name, u.email, u."customerId" as customer_id, u."isAnonymous" as is_guest,
      s."activeOrganizationId" as organization_id, m.role,
      case when o.id is not null
        then jsonb_build_object('customerId', o."customerId", 'name', o.name, 'email', o."billingEmail")
      end as organization
    from auth_session s
    join auth_user u on u.id = s."userId"
    left join auth_member m on m."organizationId" = s."activeOrganizationId" and m."userId" = u.id
    left join auth_organization o on o.id = m."organizationId"
    where s.token = $1`,
}

type SessionRow = UserRow & {
  expires_at: Date
  organization_id: string | null
  role: string | null
  organization: { customerId: string; name: string; email: string } | null
}

/** The user itself, or a member who acts for an organization. */
function callerOf(row: SessionRow, access: AccessSignals): Caller {
  const { id, is_guest: isGuest, organization_id: organizationId } = row
  if (organizationId === null) return ownCaller(row)
  const { organization, role } = row
  if (organization === null || role === null) {
    return { customer: null, isGuest, user: { id, membership: null } }
  }
  const membership = { organizationId, role, ...abilitiesOf(role), until: access.of(id) }
  const customer = { ...organization, customerId: customerId(organization.customerId) }
  return { customer, isGuest, user: { id, membership } }
}

/** A user who pays for itself. */
function ownCaller(row: UserRow): Caller {
  const { id, name, email, is_guest: isGuest } = row
  const customer = { customerId: customerId(row.customer_id), name, email }
  return { customer, isGuest, user: { id, membership: null } }
}

/** Everything that could name the caller, as it came: another spelling is looked up again. */
function credentialIn(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  const cookie = headers.get('cookie')
  return authorization === null && cookie === null
    ? null
    : `${authorization ?? ''}\n${cookie ?? ''}`
}
