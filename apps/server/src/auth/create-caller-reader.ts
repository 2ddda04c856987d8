import type { Database } from '@tollgate/database'
import { LRUCache } from 'lru-cache'
import type { Auth } from './create-auth.ts'
import type { ApiKeyFinder } from './find-api-key.ts'
import { createAccessSignals } from './access-signals.ts'
import { type Caller, createCallerFinder, holderOf } from './create-caller-finder.ts'

/** How long a caller stays cached, in case a notification is lost with its connection. */
const CACHED_MS = 5_000
const CACHED_CALLERS_MAX = 10_000
const CHANNEL = 'auth_user_changed'

export type CallerReader = {
  /** The caller of these headers; null without a valid session. Throws the refusal of an invalid API key. */
  read(headers: Headers): Promise<Caller | null>
  /** Forgets all cached callers, when this process has changed a session or a user. */
  clear(): void
  stop(): Promise<void>
}

/**
 * Finds the caller by API key, bearer token or cookie in one statement, and caches it until its key, session or user changes in any
 * process. Callers that act for an organization, and runs, are never cached: a removed member or an ended run must lose access at once.
 */
export async function createCallerReader(options: {
  auth: Auth
  database: Database
  findApiKey: ApiKeyFinder
  /** The wall clock, in epoch milliseconds. */
  now?: () => number
}): Promise<CallerReader> {
  const { auth, database, findApiKey, now = Date.now } = options
  const cache = new LRUCache<string, Caller>({
    max: CACHED_CALLERS_MAX,
    ttlResolution: 0,
    perf: { now },
  })
  // A result read before a change must not be cached after it.
  let changes = 0
  const access = createAccessSignals()
  const find = await createCallerFinder({ auth, database, findApiKey, access, now })

  const stop = await database.listen(
    CHANNEL,
    (userId) => {
      changes += 1
      access.end(userId)
      for (const [credential, caller] of cache.entries()) {
        if (caller.user.id === userId) cache.delete(credential)
      }
    },
    // A session may have ended, or a key been revoked, without a notification: end all streams, so that their clients reconnect.
    () => {
      clear()
      access.endAll()
    },
  )

  return { read, clear, stop }

  async function read(headers: Headers): Promise<Caller | null> {
    const credential = credentialIn(headers)
    if (credential === null) return null
    const cached = cache.get(credential)
    if (cached) return cached
    const before = changes
    const noted = access.note()
    try {
      const found = await find(headers)
      if (!found) return null
      const { caller, isLasting } = found
      // Access that ended during the read would get a signal that never fires.
      if (noted.hasEnded(holderOf(caller))) return await read(headers)
      const ttl = isLasting ? Math.min(CACHED_MS, caller.expiresAt - now()) : 0
      if (ttl > 0 && before === changes) cache.set(credential, caller, { ttl })
      return caller
    } finally {
      noted.stop()
    }
  }

  function clear(): void {
    changes += 1
    cache.clear()
  }
}

/** Every header that identifies the caller, verbatim: another spelling is looked up again. */
function credentialIn(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  const cookie = headers.get('cookie')
  return authorization === null && cookie === null
    ? null
    : `${authorization ?? ''}\n${cookie ?? ''}`
}
