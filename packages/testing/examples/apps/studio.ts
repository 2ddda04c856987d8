import { randomUUID } from 'node:crypto'

/** What the application has before it sells anything: settings, sign-in and the work itself. */
export const env = {
  port: Number(process.env['PORT']),
  dbUrl: process.env['DATABASE_URL'] ?? '',
  secret: process.env['BILLING_SECRET'] ?? '',
  flowglad: {
    apiKey: process.env['FLOWGLAD_SECRET_KEY'] ?? '',
    baseURL: process.env['FLOWGLAD_BASE_URL'] ?? '',
  },
}

export type User = { id: string; name: string; email: string }

const sessions = new Map<string, User>()

/** Signs a user in under a new account and returns its token. */
export function signIn(name: string): { token: string; id: string } {
  const user = { id: randomUUID(), name, email: `${name.toLowerCase()}@example.com` }
  const token = randomUUID()
  sessions.set(`Bearer ${token}`, user)
  return { token, id: user.id }
}

/** The user that this `Authorization` header belongs to. */
export function userOf(authorization: string | null | undefined): User | null {
  return sessions.get(authorization ?? '') ?? null
}

export const artist = {
  async draw(prompt: string, options: { signal: AbortSignal | undefined }) {
    options.signal?.throwIfAborted()
    return { id: randomUUID(), prompt }
  },
}
