import { type AskAuth, AuthError } from './auth-request.ts'
import { partOf, textIn } from './parts-of-json.ts'
import { refusalOf } from './refusal-of.ts'
import type { Acting, ActingSession, Session } from './session.ts'

export type Credentials = { email: string; password: string }

/** Changes the account a session acts for: by choosing an organization or the personal account, or by joining one. */
export type ActingChange =
  | { path: 'set-active'; body: { organizationId: string | null } }
  | { path: 'accept-invitation'; body: { invitationId: string } }

/** The calls of sign-in, and of switching accounts. */
export function createSessionApi(ask: AskAuth) {
  return {
    signInAsGuest: () => signIn('sign-in/anonymous', {}, null),
    /** From a guest's session, the server keeps the guest's purchases, or refuses. */
    signIn: (credentials: Credentials, guest: Session | null) =>
      signIn('sign-in/email', credentials, guest),
    /** Creates an account; from a guest's session it keeps the guest's balance. */
    signUp: (credentials: Credentials, guest: Session | null) =>
      signIn('sign-up/email', { ...credentials, name: nameFrom(credentials.email) }, guest),
    /** Throws if the server refuses, as it does for a guest with purchases. */
    signOut: async (session: Session) => {
      const response = await ask({ path: 'sign-out', body: {}, from: session })
      if (response.ok || response.status === SESSION_IS_GONE) return
      throw await refusalOf(response)
    },
    /** Sends a request that may change the account the session acts for. */
    changeActing: async (session: Session, { path, body }: ActingChange) => {
      const response = await ask({ path: `organization/${path}`, body, from: session })
      if (!response.ok) throw await refusalOf(response)
    },
    /** The account the session acts for, by the server; null if the session has ended. */
    readActing: async (session: Session): Promise<Acting | null> => {
      const response = await ask({ path: 'get-session', from: session })
      if (!response.ok) throw await refusalOf(response)
      return actingIn(await response.json())
    },
  }

  async function signIn(path: string, body: object, from: Session | null): Promise<ActingSession> {
    const response = await ask({ path, body, from })
    if (!response.ok) throw await refusalOf(response)
    const token = response.headers.get('set-auth-token')
    const user = userOf(await response.json().catch(() => null))
    if (!token || !user) {
      throw new AuthError('refused', 'The server answered without a session. Try again.')
    }
    const { userId, ...person } = user
    // A new session acts for the personal account.
    const acting = { userId, organizationId: null }
    return { token, isGuest: path === 'sign-in/anonymous', ...person, acting }
  }
}

const SESSION_IS_GONE = 401

function userOf(answer: unknown): { userId: string; customerId: string; name: string } | null {
  const user = partOf(answer, 'user')
  const [userId, customerId] = [textIn(user, 'id'), textIn(user, 'customerId')]
  if (userId === null || customerId === null) return null
  return { userId, customerId, name: textIn(user, 'name') ?? '' }
}

function actingIn(answer: unknown): Acting | null {
  const userId = textIn(partOf(answer, 'user'), 'id')
  if (userId === null) return null
  return { userId, organizationId: textIn(partOf(answer, 'session'), 'activeOrganizationId') }
}

function nameFrom(email: string): string {
  return email.split('@')[0] || 'You'
}
