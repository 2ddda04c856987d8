import type { Agent } from 'node:http'
import {
  type Customer,
  type History,
  type SeededRandom,
  signInGuest,
} from '@tollgate/testing/faults'

/** Concurrent sign-ins; more would only queue. */
const PARALLEL = 8

/** Signs in this many guests, each from its own address, because sign-ins are limited per address. */
export async function signInGuests(options: {
  count: number
  servers: readonly string[]
  agent: Agent
  history: History
  random: SeededRandom
}): Promise<Customer[]> {
  const { servers, agent, history } = options
  const guests: Customer[] = []
  const queue = Array.from({ length: options.count }, () => addressFrom(options.random)).entries()
  const worker = async () => {
    for (const [index, address] of queue) {
      const server = servers[index % servers.length] ?? ''
      guests.push(await signInGuest({ server, agent, history, address }))
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  return guests
}

/** An address that no other guest of the run is likely to have. */
export function addressFrom(random: SeededRandom): string {
  return `10.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`
}
