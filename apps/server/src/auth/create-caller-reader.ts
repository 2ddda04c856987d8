import type { Database } from '@tollgate/database'
import { LRUCache } from 'lru-cache'
import type { Auth } from './create-auth.ts'
import type { ApiKeyFinder } from './find-api-key.ts'
import { createAccessSignals } from './access-signals.ts'
import { type Caller, createCallerFinder, holderOf } from './create-caller-finder.ts'

/** How long a caller is believed without the database, should a notification be lost with its connection. */
const CACHED_MS = 5_000
const CACHED_CALLERS_MAX = 10_000
const CHANNEL = 'auth_user_changed'

export type CallerReader = {
  /** Who sends these headers; null when no valid session comes with them. Throws the refusal of an API key that is not valid. */
  read(headers: Headers): Promise<Caller | null>
  /** Forgets every caller, when a session or a user has changed in this process. */
  clear(): void
  stop(): Promise<void>
}

/**
 * Finds the caller by API key, bearer token or cookie in one statement, and remembers it until its key, session or user changes in
 * any process.
 * A caller that acts for an organization, and a run, are read with every call: a removed member or an ended run must not spend even
 * for a moment.
 */
export async function createCallerReader(options: {
  auth: Auth
  database: Database
  findApiKey: ApiKeyFinder
  /** Milliseconds of the wall clock. */
  now?: () => number
}): Promise<CallerReader> {
  const { auth, database, findApiKey, now = Date.now } = options
  const cache = new LRUCache<string, Caller>({
    max: CACHED_CALLERS_MAX,
    ttlResolution: 0,
    perf: { now },
  })
  // What was read before a change is not remembered after it.
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
    // A session may have ended or a key been revoked meanwhile: streams end, and their readers connect again.
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
      // What ended during the read would have a signal that never fires.
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

/** Everything that could name the caller, as it came: another spelling is looked up again. */
function credentialIn(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  const cookie = headers.get('cookie')
  return authorization === null && cookie === null
    ? null
    : `${authorization ?? ''}\n${cookie ?? ''}`
}
