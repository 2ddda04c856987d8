import type { Session } from './session.ts'

/** A route below `/api/auth/`: with a body it is a POST, otherwise a GET. */
export type AuthRequest = { path: string; body?: object; from: Pick<Session, 'token'> | null }
/** Calls such a route; the response may be a refusal. Rejects without a response. */
export type AskAuth = (request: AuthRequest) => Promise<Response>

/** The server was unreachable or refused; the message is for the user. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: 'refused' | 'offline'
  /** The server's error code. */
  readonly reason: string | null

  constructor(code: AuthError['code'], message: string, reason: string | null = null) {
    super(message)
    this.code = code
    this.reason = reason
  }
}

/**
 * Plain HTTP and a bearer token instead of the auth library's client, which uses cookies: a phone's network layer sends them implicitly,
 * and they expire unnoticed.
 */
export function createAuthRequest(options: { serverUrl: string; fetch: typeof fetch }): AskAuth {
  // A browser's fetch throws when called as a method of another object.
  const { serverUrl, fetch: send } = options
  return async function authRequest({ path, body, from }) {
    try {
      return await send(`${serverUrl}/api/auth/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(from ? { authorization: `Bearer ${from.token}` } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        credentials: 'omit',
      })
    } catch {
      throw new AuthError('offline', 'The server cannot be reached. Check the connection.')
    }
  }
}
