import type { OperatorCaller } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import type { Auth } from '../auth/create-auth.ts'
import { readSessionToken } from '../auth/read-session-token.ts'

/** How recent an operator's sign-in must be: a working shift. */
const SIGNED_IN_MS_MAX = 8 * 60 * 60_000

/**
 * Creates the check whether a request comes from an operator: by a session, never an API key, of an account that is not a guest, was
 * confirmed when it was added, and signed in recently. Read on every request, so that a removed operator loses access at once.
 */
export function createOperatorReader(options: {
  auth: Auth
  database: Database
  /** The wall clock, in epoch milliseconds. */
  now?: () => number
}): (headers: Headers) => Promise<OperatorCaller> {
  const { auth, database, now = Date.now } = options
  return async function readOperator(headers) {
    const { authCookies, secret } = await auth.$context
    const token = await readSessionToken(headers, { cookie: authCookies.sessionToken.name, secret })
    if (token === null) return { outcome: 'not_signed_in' }
    const [row] = await database.query<SessionRow>({ ...FIND, values: [token] })
    if (!row || row.expires_at.getTime() <= now()) return { outcome: 'not_signed_in' }
    if (row.is_guest || !row.is_confirmed || row.change !== 'added') {
      return { outcome: 'not_an_operator' }
    }
    if (row.signed_in_at.getTime() + SIGNED_IN_MS_MAX <= now()) return { outcome: 'sign_in_again' }
    return { outcome: 'operator', userId: row.user_id, email: row.email }
  }
}

const FIND = {
  name: 'auth_find_operator',
  text: `
    select s."expiresAt" as expires_at, s."createdAt" as signed_in_at, u.id as user_id, u.email,
      coalesce(u."isAnonymous", false) as is_guest, u."emailVerified" as is_confirmed, c.change
    from auth_session s
    join auth_user u on u.id = s."userId"
    left join lateral (
      select o.change from auth_operator_change o where o.user_id = u.id order by o.id desc limit 1) c on true
    where s.token = $1`,
}

type SessionRow = {
  expires_at: Date
  signed_in_at: Date
  user_id: string
  email: string
  is_guest: boolean
  is_confirmed: boolean
  change: 'added' | 'removed' | null
}
