import type { Session } from './session.ts'

/** A route below `/api/auth/`: with a body it changes something, without one it reads. */
export type AuthRequest = { path: string; body?: object; from: Pick<Session, 'token'> | null }
/** Asks such a route; the answer may be a refusal. Fails when there is no answer. */
export type AskAuth = (request: AuthRequest) => Promise<Response>

/** The server could not be reached, or did not do what it was asked; the message is for the person. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: 'refused' | 'offline'
  /** The server's own code for why it refused. */
  readonly reason: string | null

  constructor(code: AuthError['code'], message: string, reason: string | null = null) {
    super(message)
    this.code = code
    this.reason = reason
  }
}

/**
 * Plain HTTP and a bearer token instead of the auth library's own client: that one keeps cookies, which a phone's network layer
 * sends on its own and which expire unseen.
 */
export function createAuthRequest(options: { serverUrl: string; fetch: typeof fetch }): AskAuth {
  // A browser's fetch throws when it is called as a method of another object.
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
