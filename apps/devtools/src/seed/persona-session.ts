import { setTimeout as delay } from 'node:timers/promises'
import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import { z } from 'zod'
import { emailOf, type Persona, PERSONA_PASSWORD } from './personas.ts'

/** A signed-in persona, over HTTP. */
export type PersonaSession = {
  /** Calls a mutation; the key makes repeated seeding idempotent. */
  call(path: string, input: unknown, key?: string): Promise<unknown>
  read(path: string): Promise<unknown>
}

const result = z.object({ result: z.object({ data: z.unknown() }) })

/** Signs a persona in. */
export async function openPersonaSession(url: string, persona: Persona): Promise<PersonaSession> {
  const token = await signInPersona(url, persona)
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

/** The bearer token of a persona, whose account is created if necessary. */
export async function signInPersona(url: string, persona: Persona): Promise<string> {
  for (;;) {
    const made = await enter(url, 'sign-up', persona)
    if (made.token) return made.token
    const known = await enter(url, 'sign-in', persona)
    if (known.token) return known.token
    // Both are limited per address, which all personas share.
    const waitSeconds = known.waitSeconds ?? made.waitSeconds
    if (waitSeconds === null) throw new Error(`${persona.name} could not sign in at ${url}.`)
    await delay(1000 * waitSeconds)
  }
}

type Entry = { token: string | null; waitSeconds: number | null }

async function enter(url: string, way: 'sign-in' | 'sign-up', persona: Persona): Promise<Entry> {
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
  return {
    token: response.ok ? response.headers.get('set-auth-token') : null,
    waitSeconds:
      response.status === TOO_MANY ? Number(response.headers.get('retry-after') ?? 1) : null,
  }
}

const TOO_MANY = 429

async function answer(url: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(url, request)
  const body: unknown = await response.json()
  const parsed = result.safeParse(body)
  if (parsed.success) return parsed.data.result.data
  throw new Error(`${url} answered ${response.status}: ${JSON.stringify(body).slice(0, 300)}`)
}
