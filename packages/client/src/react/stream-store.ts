import type { OperationKey } from '@tollgate/contract'

/** What has arrived of one stream. */
type StreamSoFar = { chunks: readonly unknown[]; stopped: boolean }

/** The streams of this window by the key of their click: they continue when the form that started them is unmounted. */
export type StreamStore = ReturnType<typeof createStreamStore>

/** Forms show the newest one; earlier ones are kept for a form that is mounted again. */
const STREAMS_MAX = 20
const NOTHING: StreamSoFar = { chunks: [], stopped: false }

/** Makes an empty store. */
export function createStreamStore() {
  const streams = new Map<OperationKey, StreamSoFar>()
  const aborts = new Map<OperationKey, AbortController>()
  const listeners = new Set<() => void>()

  return {
    of: (key: OperationKey | null): StreamSoFar => (key && streams.get(key)) ?? NOTHING,
    /** Starts a stream; a retried one starts over. */
    begin(key: OperationKey): AbortSignal {
      const abort = new AbortController()
      aborts.set(key, abort)
      set(key, NOTHING)
      const [oldest] = streams.keys()
      if (streams.size > STREAMS_MAX && oldest) forget(oldest)
      return abort.signal
    },
    add(key: OperationKey, chunk: unknown) {
      const { chunks, stopped } = streams.get(key) ?? NOTHING
      set(key, { chunks: [...chunks, chunk], stopped })
    },
    stop(key: OperationKey) {
      set(key, { ...(streams.get(key) ?? NOTHING), stopped: true })
      aborts.get(key)?.abort()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }

  function set(key: OperationKey, stream: StreamSoFar): void {
    streams.set(key, stream)
    for (const listener of listeners) listener()
  }

  function forget(key: OperationKey): void {
    streams.delete(key)
    aborts.delete(key)
  }
}
