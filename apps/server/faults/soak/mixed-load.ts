import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Intent, SeededRandom } from '@tollgate/testing/faults'
import type { Guest } from '../../fixtures/guest.ts'
import { longTextIntent } from '../long-text.ts'
import { qrCodeIntent } from '@tollgate/testing/faults'
import { readToEnd, type Reading } from './read-to-end.ts'

const PLAIN_DEVICES = 6
const STREAMING_DEVICES = 2
/** A device's pause between two calls. */
const PAUSE_MS = 60
/** A device's pause while the server is down. */
const AWAY_MS = 150

/** Devices that call continuously, and balance streams that are reopened whenever they end. */
export type MixedLoad = {
  /** Answered calls, by kind. */
  answered(): Readonly<Record<'plain' | 'streaming' | 'balance', number>>
  /** Calls and streams that reached a server but were not completed. */
  failures(): readonly string[]
  openStreams(): number
  /** Starts no more calls, waits for those in flight, and closes the streams. */
  stop(): Promise<void>
}

/** Starts the devices and `streams` balance streams, spread over the guests. */
export function startMixedLoad(options: {
  url: string
  guests: readonly Guest[]
  streams: number
  random: SeededRandom
}): MixedLoad {
  const { url, guests, random } = options
  const agent = new Agent({ keepAlive: true })
  const answered = { plain: 0, streaming: 0, balance: 0 }
  const failures: string[] = []
  const closing = new AbortController()
  let open = 0

  /** A stopped server refuses connections; any other error interrupted a request. */
  const settle = (what: keyof typeof answered, reading: Reading): boolean => {
    if (reading.end === 'refused') return false
    if (reading.end === 'complete' && reading.status === 200) answered[what] += 1
    else failures.push(`${what}: ${reading.status} ${reading.end} ${reading.text.slice(-200)}`)
    return true
  }
  const device = async (guest: Guest, what: 'plain' | 'streaming') => {
    while (!closing.signal.aborted) {
      const intent = what === 'plain' ? qrCodeIntent(random.key()) : longTextIntent(random)
      const call = () => readToEnd(requestOf(url, guest, { what, intent }), agent)
      while (!settle(what, await call()) && !closing.signal.aborted) await delay(AWAY_MS)
      await delay(PAUSE_MS)
    }
  }
  const balanceStream = async ({ token }: Guest) => {
    while (!closing.signal.aborted) {
      const sent = {
        url: `${url}/trpc/billing.onBalance`,
        headers: { authorization: `Bearer ${token}` },
        signal: closing.signal,
        onBegin: () => (open += 1),
        onEnd: () => (open -= 1),
      }
      const reading = await readToEnd(sent, new Agent())
      if (closing.signal.aborted) return
      const isAnnounced = reading.text.includes('event: return')
      if (reading.end === 'complete' && !isAnnounced) reading.end = 'cut off'
      // Like an EventSource: reopens the stream after the delay that the server asked for, not at once.
      const retryMs = /retry: (\d+)/u.exec(reading.text)?.[1]
      if (settle('balance', reading) && retryMs !== undefined) await delay(Number(retryMs))
      else await delay(AWAY_MS)
    }
  }

  const guest = (index: number) => {
    const found = guests[index % guests.length]
    if (!found) throw new RangeError('A load needs guests.')
    return found
  }
  const running = [
    ...Array.from({ length: PLAIN_DEVICES }, (_, index) => device(guest(index), 'plain')),
    ...Array.from({ length: STREAMING_DEVICES }, (_, index) => device(guest(index), 'streaming')),
    ...Array.from({ length: options.streams }, (_, index) => balanceStream(guest(index))),
  ]
  return {
    answered: () => ({ ...answered }),
    failures: () => failures,
    openStreams: () => open,
    async stop() {
      closing.abort()
      await Promise.all(running)
      agent.destroy()
    },
  }
}

function requestOf(
  url: string,
  { token }: Guest,
  { what, intent }: { what: 'plain' | 'streaming'; intent: Intent },
) {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': intent.key,
  }
  const path = `${url}/trpc/${intent.procedure}`
  if (what === 'plain') return { url: path, headers, body: JSON.stringify(intent.input) }
  return {
    url: `${path}?batch=1`,
    headers: { ...headers, 'trpc-accept': 'application/jsonl' },
    body: JSON.stringify({ 0: intent.input }),
  }
}
