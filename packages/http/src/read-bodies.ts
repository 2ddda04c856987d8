import type { IncomingMessage, ServerResponse } from 'node:http'
import { collectBytes } from './collect-bytes.ts'

/** Why a body was not taken. */
export type BodyRefusal = 'too_large' | 'overloaded'

/** What became of a body; after `gone` there is no one left to answer. */
export type BodyOutcome = 'ready' | 'gone' | BodyRefusal

/** Reads bodies before anyone works on their requests. */
export type BodyReader = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => 'ready' | BodyRefusal | Promise<BodyOutcome>

type Unfinished = { cutOff(): void }

/**
 * Reads every body to its end before its request is handed on, so that a slow sender occupies a socket and nothing else. A body
 * is refused by its Content-Length, and counted only when it announces none. All bodies together stay below `totalBytesMax`:
 * the one that has been unfinished the longest makes room, as honest ones are finished within milliseconds.
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
      // Follows every other end; an error before it only says that the caller is gone.
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

/** The body of such a request means nothing, and no one reads it. */
const IGNORED = new Set(['GET', 'HEAD'])
