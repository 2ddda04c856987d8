import { setTimeout as delay } from 'node:timers/promises'
import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import { z } from 'zod'
import { emailOf, type Persona, PERSONA_PASSWORD } from './personas.ts'

/** A persona that is signed in, at the server's own door. */
export type PersonaSession = {
  /** Calls a mutation; the key is what makes a second seeding change nothing. */
  call(path: string, input: unknown, key?: string): Promise<unknown>
  read(path: string): Promise<unknown>
}

const result = z.object({ result: z.object({ data: z.unknown() }) })

/** Signs a persona in. */
export async function openPersonaSession(url: string, persona: Persona): Promise<PersonaSession> {
  const token = await enterPersona(url, persona)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  return {
    call: (path, input, key) =>
      answer(`${url}/trpc/${path}`, {
        method: 'POST',
        headers: { ...headers, ...(key ? { [OPERATION_KEY_HEADER]: key } : {}) },
        body: JSON.stringify(input),
      }),
    read: (path) => answer(`${url}/trpc/${path}`, { headers }),
  }
}

/** The bearer token of a persona, whose account is made if need be. */
export async function enterPersona(url: string, persona: Persona): Promise<string> {
  const token = (await enter(url, 'sign-up', persona)) ?? (await enter(url, 'sign-in', persona))
  if (!token) throw new Error(`${persona.name} could not sign in at ${url}.`)
  return token
}

async function enter(
  url: string,
  way: 'sign-in' | 'sign-up',
  persona: Persona,
): Promise<string | null> {
  const response = await fetch(`${url}/api/auth/${way}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      email: emailOf(persona),
      password: PERSONA_PASSWORD,
      ...(way === 'sign-up' ? { name: persona.name } : {}),
    }),
  })
  await response.arrayBuffer()
  if (response.status === TOO_MANY) {
    // Sign-in is slowed down for everybody from one address, which seven personas are.
    await delay(1000 * Number(response.headers.get('x-retry-after') ?? 1))
    return enter(url, way, persona)
  }
  return response.ok ? response.headers.get('set-auth-token') : null
}

const TOO_MANY = 429

async function answer(url: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(url, request)
  const body: unknown = await response.json()
  const parsed = result.safeParse(body)
  if (parsed.success) return parsed.data.result.data
  throw new Error(`${url} answered ${response.status}: ${JSON.stringify(body).slice(0, 300)}`)
}
