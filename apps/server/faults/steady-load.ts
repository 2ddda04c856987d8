import { setTimeout as delay } from 'node:timers/promises'
import {
  type Answer,
  type Customer,
  qrCodeIntent,
  type SeededRandom,
} from '@tollgate/testing/faults'

/** What the Free plan grants of `api_calls`: more calls of one guest would be refused. */
const CALLS_PER_GUEST = 100

/** Calls that come at a steady rate whatever becomes of the earlier ones, each repeated until its fate is known. */
export type SteadyLoad = {
  /** Stops starting calls and waits for those on their way; answers with the last answer of each. */
  stop(): Promise<Answer[]>
  started(): number
}

/** Starts `perSecond` billed calls a second, spread over guests and servers. */
export function startSteadyLoad(options: {
  guests: readonly Customer[]
  servers: () => readonly string[]
  perSecond: number
  random: SeededRandom
  /** Ends by itself after so many. */
  most: number
}): SteadyLoad {
  const { guests, servers, random } = options
  const most = Math.min(options.most, guests.length * CALLS_PER_GUEST)
  const calls: Promise<Answer>[] = []
  const stopping = new AbortController()
  const begun = performance.now()
  const loop = (async () => {
    while (calls.length < most && !stopping.signal.aborted) {
      const due = Math.floor(((performance.now() - begun) / 1000) * options.perSecond)
      while (calls.length < Math.min(due, most)) {
        const guest = guests[calls.length % guests.length]
        if (!guest) return
        const turn = calls.length
        // Each call begins with another server, as a load balancer would have it.
        const rotated = () => servers().toSorted(() => (turn % 2 === 0 ? 1 : -1))
        calls.push(guest.callUntilKnown(rotated, qrCodeIntent(random.key())))
      }
      await delay(TICK_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    started: () => calls.length,
    async stop() {
      stopping.abort()
      await loop
      return Promise.all(calls)
    },
  }
}

const TICK_MS = 10
