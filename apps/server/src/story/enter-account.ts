import { randomUUID } from 'node:crypto'
import { type Guest, guestWith } from './guest.ts'

export type Credentials = { name: string; email: string; password: string }

/** Signs up or signs in, from a guest's session if there is one; throws when it is refused. */
export async function enter(
  url: string,
  path: 'sign-up/email' | 'sign-in/email',
  credentials: Credentials,
  from?: Guest,
): Promise<Guest> {
  const response = await postAuth(url, path, credentials, from)
  const token = response.headers.get('set-auth-token')
  if (!token) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return guestWith(url, token)
}

/** Posts to a route of sign-in, as a phone does; from an address of its own, where the server believes a proxy. */
export function postAuth(url: string, path: string, body: object, from?: Guest): Promise<Response> {
  return fetch(`${url}/api/auth/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 256)).join('.')}`,
      ...(from ? { authorization: `Bearer ${from.token}` } : {}),
    },
    body: JSON.stringify(body),
  })
}

/** Credentials that no other account has. */
export function newCredentials(): Credentials {
  return { name: 'A person', email: `${randomUUID()}@example.com`, password: randomUUID() }
}
