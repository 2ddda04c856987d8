import { randomUUID } from 'node:crypto'
import type { RealServer } from './real-server.ts'

/** Signs in this many guests and lets each make one billed call, which opens its account; returns their bearer tokens. */
export async function signInGuests({ ports }: RealServer, count: number): Promise<string[]> {
  const [port = 0] = ports
  const origin = `http://localhost:${port}`
  const tokens: string[] = []
  while (tokens.length < count) {
    const response = await post(`${origin}/api/auth/sign-in/anonymous`, { origin }, '{}')
    const token = response.headers.get('set-auth-token')
    if (!token) throw new Error(`No guest was signed in: ${response.status}`)
    tokens.push(token)
  }
  for (const token of tokens) {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }
    const response = await post(`${origin}/trpc/noOps.billed`, headers, '{"text":"hello"}')
    if (!response.ok) throw new Error(`A first billed call was refused: ${response.status}`)
  }
  return tokens
}

async function post(url: string, headers: Record<string, string>, body: string) {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await fetch(url, { method: 'POST', headers: all, body })
  await response.text()
  return response
}
