import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** Somebody who uses the server over plain HTTP with a bearer token, as a phone or a script would. */
export type Guest = {
  token: string
  /** Calls a mutation; a new operation key unless `key` names one. */
  call(path: string, input: unknown, key?: string): Promise<Answer>
  /** Reads a query. */
  read(path: string): Promise<Answer>
}

export type Answer = { status: number; headers: Headers; text: string; body: unknown }

/** Signs in as a guest. */
export async function signInAsGuest(url: string): Promise<Guest> {
  const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const token = response.headers.get('set-auth-token')
  if (!token) throw new Error(`No token: ${response.status} ${await response.text()}`)
  return guestWith(url, token)
}

/** Signs several in, one after the other. */
export async function signInGuests(url: string, count: number): Promise<Guest[]> {
  const guests: Guest[] = []
  while (guests.length < count) guests.push(await signInAsGuest(url))
  return guests
}

/** Somebody who holds a token already. */
export function guestWith(url: string, token: string): Guest {
  const authorization = `Bearer ${token}`
  return {
    token,
    call: async (path, input, key = `op_${randomUUID()}`) =>
      answer(
        await fetch(`${url}/trpc/${path}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(input),
        }),
      ),
    read: async (path) =>
      answer(await fetch(`${url}/trpc/${path}`, { headers: { authorization } })),
  }
}

/** Who pays for what this guest does. */
export async function customerOf(url: string, { token }: Guest): Promise<string> {
  const response = await fetch(`${url}/api/auth/get-session`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return z.object({ user: z.object({ customerId: z.string() }) }).parse(await response.json()).user
    .customerId
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}
