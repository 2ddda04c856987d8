import { setMaxListeners } from 'node:events'
import { LRUCache } from 'lru-cache'

/** Beyond it the streams of those who were seen longest ago end, and their readers connect again. */
const WATCHED_MAX = 10_000

/** Signals that end open streams when a membership or an API key ends. */
export type AccessSignals = {
  /** Aborted at the next change of any of the memberships, sessions or API keys of a user, or of the keys of an organization. */
  of(userId: string): AbortSignal
  /** Something about the user has changed. */
  end(userId: string): void
  /** Something about any user may have changed. */
  endAll(): void
}

/** Keeps one signal for each user that acts for an organization, and for each owner of API keys. */
export function createAccessSignals(): AccessSignals {
  const controllers = new LRUCache<string, AbortController>({
    max: WATCHED_MAX,
    dispose: (controller) => controller.abort(),
  })
  return {
    of(userId) {
      const known = controllers.get(userId)
      if (known) return known.signal
      const controller = new AbortController()
      // Every open stream of the user listens to it.
      setMaxListeners(0, controller.signal)
      controllers.set(userId, controller)
      return controller.signal
    },
    end: (userId) => void controllers.delete(userId),
    endAll: () => controllers.clear(),
  }
}
