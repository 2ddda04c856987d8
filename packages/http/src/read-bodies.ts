import type { IncomingMessage, ServerResponse } from 'node:http'
import { collectBytes } from './collect-bytes.ts'

/** Why a body was refused. */
export type BodyRefusal = 'too_large' | 'overloaded'

/** The outcome of reading a body; after `gone` the client has disconnected. */
export type BodyOutcome = 'ready' | 'gone' | BodyRefusal

/** Reads bodies before their requests are handled. */
export type BodyReader = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => 'ready' | BodyRefusal | Promise<BodyOutcome>

type Unfinished = { cutOff(): void }

/**
 * Reads each body completely before its request is passed on, so that a slow client occupies only a socket. A body is refused by its
 * Content-Length, or by counting if it has none. All bodies together stay below `totalBytesMax`: the one that has been incomplete the
 * longest is dropped, because legitimate ones complete within milliseconds.
 */
export function createBodyReader(options: {
  bytesMax: (path: string) => number
  totalBytesMax: number
}): BodyReader {
  const unfinished = new Set<Unfinished>()
  let total = 0

  return function readBody(incoming, outgoing) {
    const announced = Number(incoming.headers['content-length'] ?? 0)
    const isChunked = incoming.headers['transfer-encoding'] !== undefined
    if (IGNORED.has(incoming.method ?? '') || (announced === 0 && !isChunked)) return 'ready'
    const bytesMax = options.bytesMax(incoming.url ?? '/')
    if (announced > bytesMax) return 'too_large'

    return new Promise((resolve) => {
      const bytes = collectBytes({ announced })
      const entry: Unfinished = { cutOff: () => end('overloaded') }
      const onData = (chunk: Buffer) => {
        if (bytes.length() + chunk.length > bytesMax) return end('too_large')
        bytes.add(chunk)
        total += chunk.length
        const [oldest] = unfinished
        if (total > options.totalBytesMax) oldest?.cutOff()
      }
      const onEnd = () => {
        Object.assign(incoming, { rawBody: bytes.take() })
        end('ready')
      }
      // `close` follows every other end; an earlier error only means that the client disconnected.
      const onClose = () => end('gone')
      const onError = () => {}
      const end = (outcome: BodyOutcome) => {
        if (!unfinished.delete(entry)) return
        incoming.off('data', onData).off('end', onEnd).off('close', onClose)
        const release = () => {
          total -= bytes.length()
        }
        if (outcome === 'ready') outgoing.once('close', release)
        else release()
        resolve(outcome)
      }
      unfinished.add(entry)
      incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onError)
    })
  }
}

/** A body has no meaning in these methods and is not read. */
const IGNORED = new Set(['GET', 'HEAD'])
