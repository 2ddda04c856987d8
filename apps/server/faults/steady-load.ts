import { setTimeout as delay } from 'node:timers/promises'
import {
  type ObservedAnswer,
  type Customer,
  qrCodeIntent,
  type SeededRandom,
} from '@tollgate/testing/faults'

/** Devices that call one after the other, each call repeated until its fate is known. */
export type SteadyLoad = {
  started(): number
  /** How many calls have had their last answer. */
  ended(): number
  /** Starts no more calls and waits for those on their way; answers with the last answer of each. */
  stop(): Promise<ObservedAnswer[]>
}

/** Lets `devices` make billed calls, at most `perSecond` in all, spread over guests and servers. */
export function startSteadyLoad(options: {
  guests: readonly Customer[]
  servers: () => readonly string[]
  devices: number
  perSecond: number
  random: SeededRandom
  /** No guest calls more often than this. */
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
      // Each call begins with another server, as a load balancer would have it.
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
