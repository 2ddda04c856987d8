import type { ApiKey, User } from '@tollgate/api'
import { type BillingCustomer, customerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import type { AccessSignals } from './access-signals.ts'
import type { Auth } from './create-auth.ts'
import { type ApiKeyFinder, apiKeyIn } from './find-api-key.ts'
import { readSessionToken } from './read-session-token.ts'
import { abilitiesOf } from './team-roles.ts'
import type { UserRow } from './user-row.ts'

/** Who makes a call, and who pays for it. */
export type Caller = {
  /** Null if the user is no longer a member of the organization that its session acts for. */
  customer: BillingCustomer | null
  isGuest: boolean
  user: User
  /** The API key of the call. */
  apiKey?: ApiKey
  /** Aborted when the session, membership or key may have ended. */
  until: AbortSignal
  /** When the session or the key expires, in epoch milliseconds. */
  expiresAt: number
}

/** A caller, and whether it may be cached briefly. */
type Found = { caller: Caller; isLasting: boolean }

/** Looks up the caller of these headers in the database; null without a valid session. */
type CallerFinder = (headers: Headers) => Promise<Found | null>

/** Finds callers by API key, bearer token or cookie, each in one statement. */
export async function createCallerFinder(options: {
  auth: Auth
  database: Database
  findApiKey: ApiKeyFinder
  access: AccessSignals
  now: () => number
}): Promise<CallerFinder> {
  const { auth, database, findApiKey, access, now } = options
  const { authCookies, secret, sessionConfig } = await auth.$context
  const refreshDueMs = (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000
  return find

  async function find(headers: Headers): Promise<Found | null> {
    const apiKey = apiKeyIn(headers)
    if (apiKey !== null) return findByKey(apiKey, headers)
    const token = await readSessionToken(headers, { cookie: authCookies.sessionToken.name, secret })
    if (token === null) return null
    const [row] = await database.query<SessionRow>({ ...FIND_SESSION, values: [token] })
    if (!row || row.expires_at.getTime() <= now()) return null
    const expiresAt = await prolonged(row.expires_at.getTime(), headers)
    if (expiresAt === null) return null
    const actor = callerOf(row)
    const lasts = { until: access.of(holderOf(actor)), expiresAt }
    return { caller: { ...actor, ...lasts }, isLasting: row.organization_id === null }
  }

  /** Renews a session in use once a day, by the library's own rules. */
  async function prolonged(expiresAt: number, headers: Headers): Promise<number | null> {
    if (expiresAt > now() + refreshDueMs) return expiresAt
    const kept = await auth.api.getSession({ headers })
    return kept ? kept.session.expiresAt.getTime() : null
  }

  /** A key spends from the balance of the user or organization that owns it. */
  async function findByKey(secret: string, headers: Headers): Promise<Found> {
    const address = headers.get(CLIENT_ADDRESS_HEADER) ?? 'unknown'
    const { key: apiKey, user, expiresAt } = await findApiKey(secret, address)
    const actor = { ...ownCaller(user), apiKey }
    const lasts = { until: access.of(holderOf(actor)), expiresAt }
    return { caller: { ...actor, ...lasts }, isLasting: !apiKey.runs }
  }
}

/** The holder whose changes end this caller's access: its sessions or, for an API key, the user or organization that owns the key. */
export function holderOf({ user, apiKey }: Actor): string {
  return apiKey ? user.id : `sessions:${user.id}`
}

/** The caller without its expiry. */
type Actor = Omit<Caller, 'until' | 'expiresAt'>

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

/** The user itself, or a member acting for an organization. */
function callerOf(row: SessionRow): Actor {
  const { id, is_guest: isGuest, organization_id: organizationId } = row
  if (organizationId === null) return ownCaller(row)
  const { organization, role } = row
  if (organization === null || role === null) {
    return { customer: null, isGuest, user: { id, membership: null } }
  }
  const membership = { organizationId, role, ...abilitiesOf(role) }
  const customer = { ...organization, customerId: customerId(organization.customerId) }
  return { customer, isGuest, user: { id, membership } }
}

/** A user who pays for its own calls. */
function ownCaller(row: UserRow): Actor {
  const { id, name, email, is_guest: isGuest } = row
  const customer = { customerId: customerId(row.customer_id), name, email }
  return { customer, isGuest, user: { id, membership: null } }
}
