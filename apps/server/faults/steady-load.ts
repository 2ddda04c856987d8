import { setTimeout as delay } from 'node:timers/promises'
import {
  type ObservedAnswer,
  type Customer,
  qrCodeIntent,
  type SeededRandom,
} from '@tollgate/testing/faults'

/** Devices that make one call at a time, each retried until its outcome is known. */
export type SteadyLoad = {
  started(): number
  /** How many calls have ended. */
  ended(): number
  /** Starts no more calls and waits for those in flight; returns the last response of each call. */
  stop(): Promise<ObservedAnswer[]>
}

/** Lets `devices` make billed calls, at most `perSecond` in all, spread over guests and servers. */
export function startSteadyLoad(options: {
  guests: readonly Customer[]
  servers: () => readonly string[]
  devices: number
  perSecond: number
  random: SeededRandom
  /** The maximum number of calls per guest. */
  callsPerGuest: number
}): SteadyLoad {
  const { guests, random } = options
  const most = guests.length * options.callsPerGuest
  const pauseMs = (options.devices / options.perSecond) * 1000
  const answers: ObservedAnswer[] = []
  let started = 0
  let isStopping = false
  const device = async () => {
    while (!isStopping && started < most) {
      const turn = started++
      const guest = guests[turn % guests.length]
      if (!guest) return
      const pause = delay(pauseMs)
      // Each call starts with another server, as behind a load balancer.
      const servers = () => options.servers().toSorted(() => (turn % 2 === 0 ? 1 : -1))
      answers.push(await guest.callUntilKnown(servers, qrCodeIntent(random.key())))
      await pause
    }
  }
  const all = Promise.all(Array.from({ length: options.devices }, device))
  return {
    started: () => started,
    ended: () => answers.length,
    async stop() {
      isStopping = true
      await all
      return answers
    },
  }
}
