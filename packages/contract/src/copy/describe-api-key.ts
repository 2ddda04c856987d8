import type { enApiKeys } from './en-api-keys.ts'
import type { Words } from './words.ts'

type ApiKeyFacts = {
  procedures: readonly string[] | null
  meters: readonly string[] | null
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

/** The scope of a key, and when it was created, expires and was last used. `now` in epoch milliseconds. */
export function describeApiKey(
  key: ApiKeyFacts,
  { t, f }: { t: Words['t'] & typeof enApiKeys; f: Words['f'] },
  now = Date.now(),
): { scope: string; times: string } {
  const { procedures, meters, createdAt, expiresAt, lastUsedAt } = key
  const use = lastUsedAt ? t.apiKeys.lastUsed(f, lastUsedAt) : t.apiKeys.unused
  return { scope: scope(), times: [t.apiKeys.createdAt(f, createdAt), end(), use].join(' · ') }

  function scope(): string {
    if (!procedures && !meters) return t.apiKeys.everything
    return t.apiKeys.scope([
      ...(procedures ?? []).map(t.procedure),
      ...(meters ?? []).map(t.meter.name),
    ])
  }

  function end(): string {
    if (!expiresAt) return t.apiKeys.endless
    const isOver = Date.parse(expiresAt) <= now
    return isOver ? t.apiKeys.expired(f, expiresAt) : t.apiKeys.expires(f, expiresAt)
  }
}
