import { z } from 'zod'
import { customerOf, type Guest, signInAsGuest } from '../../fixtures/guest.ts'
import type { Credentials } from './draw-request.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { METRICS_TOKEN } from './start-fuzz-target.ts'

/** The identities that the fuzzer uses, with credits to spend, and existing identifiers. */
export type Customers = { guests: Guest[]; credentials: Credentials; ids: string[] }

const CREDITS = 1_000_000
const METERS = ['image_generations', 'ai_tokens', 'api_calls']
const billingSchema = z.object({ currentSubscription: z.object({ id: z.string() }) })

/** Signs guests in, creates customers at the fuzzed backend, and collects their identifiers, always in the same order. */
export async function prepareCustomers(target: FuzzTarget, count: number): Promise<Customers> {
  const guests: Guest[] = []
  const ids = ['pro_monthly', 'image_generations', 'none']
  const backend = createApi(target.backend, target.backendKey)
  const fuzzed = createApi(target.billing, target.apiKey)
  for (let index = 0; index <= count; index++) {
    const guest = await signInAsGuest(target.server)
    await guest.read('billing.balance')
    const customer = await customerOf(target.server, guest)
    for (const usageMeterSlug of METERS) {
      const grant = { usageMeterSlug, amount: CREDITS, name: 'Fuzz' }
      await backend(`/customers/${customer}/grants`, { grant })
    }
    // The fuzzer never acts as the last one, whose identifiers must not work for others.
    if (index < count) guests.push(guest)
    else ids.push(customer, await subscriptionOf(backend, customer))
    const externalId = `fuzz_${index}`
    await fuzzed('/customers', { customer: { externalId, name: 'Fuzz', email: '' } })
    ids.push(externalId, await subscriptionOf(fuzzed, externalId))
  }
  return { guests, ids, credentials: credentialsOf(target, guests) }
}

type Api = ReturnType<typeof createApi>

function createApi(url: string, authorization: string) {
  return async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
}

async function subscriptionOf(api: Api, customer: string): Promise<string> {
  const billing = billingSchema.parse(await api(`/customers/${customer}/billing`))
  return billing.currentSubscription.id
}

function credentialsOf(target: FuzzTarget, guests: readonly Guest[]): Credentials {
  const tokens = guests.map(({ token }) => ({ authorization: `Bearer ${token}` }))
  const page = { origin: target.billing }
  return {
    server: [...tokens, { authorization: `Bearer ${METRICS_TOKEN}` }],
    billing: [
      { authorization: target.apiKey, ...page },
      { authorization: `Bearer ${target.apiKey}`, ...page },
    ],
  }
}
