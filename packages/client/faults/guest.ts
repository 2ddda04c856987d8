/** A customer on the free plan: 10 pictures, 5 000 tokens and 100 API calls. */
export type Guest = { token: string; customerId: string }

/** Signs a guest in at the real server. */
export async function signInAsGuest(serverUrl: string): Promise<Guest> {
  const response = await fetch(`${serverUrl}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const token = response.headers.get('set-auth-token')
  const answer: unknown = await response.json()
  if (!response.ok || !token || typeof answer !== 'object' || answer === null) {
    throw new Error(`No guest could be signed in: ${response.status}.`)
  }
  const user = 'user' in answer ? answer.user : null
  const hasId = typeof user === 'object' && user !== null && 'customerId' in user
  if (!hasId || typeof user.customerId !== 'string') throw new Error('A guest has no customer id.')
  return { token, customerId: user.customerId }
}
