import type { Session } from './session.ts'

export type Credentials = { email: string; password: string }

/** Sign-in failed; the message is for the person. */
class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: 'refused' | 'offline'

  constructor(code: SignInError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * The four calls of sign-in. Plain HTTP and a bearer token instead of the auth library's own client: that one
 * keeps cookies, which a phone's network layer sends on its own and which expire unseen.
 */
export function createSessionApi(options: { serverUrl: string; fetch: typeof fetch }) {
  // A browser's fetch throws when it is called as a method of another object.
  const { serverUrl, fetch: send } = options
  return {
    signInAsGuest: () => signIn('sign-in/anonymous', {}, null),
    /** From a guest's session the server keeps what the guest bought, or refuses. */
    signIn: (credentials: Credentials, guest: Session | null) =>
      signIn('sign-in/email', credentials, guest),
    /** Makes an account; from a guest's session it keeps the guest's balance. */
    signUp: (credentials: Credentials, guest: Session | null) =>
      signIn('sign-up/email', { ...credentials, name: nameFrom(credentials.email) }, guest),
    /** Throws when the server refuses, which it does for a guest who bought something. */
    signOut: async (session: Session) => {
      const response = await post('sign-out', {}, session)
      if (response.ok || response.status === SESSION_IS_GONE) return
      const answer: unknown = await response.json().catch(() => null)
      throw new SignInError('refused', refusal(answer, response.status))
    },
  }

  async function signIn(path: string, body: object, from: Session | null): Promise<Session> {
    const response = await post(path, body, from)
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok) throw new SignInError('refused', refusal(answer, response.status))
    const token = response.headers.get('set-auth-token')
    const user = userOf(answer)
    if (!token || !user) {
      throw new SignInError('refused', 'The server answered without a session. Try again.')
    }
    return { token, isGuest: path === 'sign-in/anonymous', ...user }
  }

  async function post(path: string, body: object, session: Session | null): Promise<Response> {
    try {
      return await send(`${serverUrl}/api/auth/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(session ? { authorization: `Bearer ${session.token}` } : {}),
        },
        body: JSON.stringify(body),
        credentials: 'omit',
      })
    } catch {
      throw new SignInError('offline', 'The server cannot be reached. Check the connection.')
    }
  }
}

const SESSION_IS_GONE = 401

function refusal(answer: unknown, status: number): string {
  if (status === 429) return 'Too many attempts. Wait a moment and try again.'
  if (typeof answer === 'object' && answer !== null && 'message' in answer) {
    return String(answer.message)
  }
  return `Sign-in failed (${status}).`
}

function userOf(answer: unknown): { customerId: string; name: string } | null {
  if (typeof answer !== 'object' || answer === null || !('user' in answer)) return null
  const { user } = answer
  if (typeof user !== 'object' || user === null) return null
  if (!('customerId' in user) || typeof user.customerId !== 'string') return null
  const name = 'name' in user && typeof user.name === 'string' ? user.name : ''
  return { customerId: user.customerId, name }
}

function nameFrom(email: string): string {
  return email.split('@')[0] || 'You'
}
