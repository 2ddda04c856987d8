import { z } from 'zod'

/** Signs in as a new guest; the bearer token. */
export async function signInAsGuest(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{}',
  })
  await response.arrayBuffer()
  return z.string().parse(response.headers.get('set-auth-token'))
}
