import { RESULT_KEPT_MS } from '@tollgate/contract'
import type { TollgateClient } from '../create-client.ts'
import type { IntentStore } from './create-intent-store.ts'
import type { Intent } from './intent.ts'

/**
 * Forgets open intents that have nothing left to fetch: the server says that they were not charged, or that their result is
 * past its keeping time. For programs that do not replay by themselves; call it once after sign-in. Returns how many stay.
 * @example await forgetEnded({ store: intents, client: tollgate.client })
 */
export async function forgetEnded(options: {
  store: IntentStore
  client: TollgateClient
  now?: () => number
}): Promise<number> {
  const { store, client, now = Date.now } = options
  for (const intent of store.list()) {
    const isYoung = now() - intent.at <= RESULT_KEPT_MS
    if (isYoung || store.isInFlight(intent.key)) continue
    if (await hasNothingLeft(client, intent, now())) store.settle({ key: intent.key, error: null })
  }
  return store.list().length
}

/** The server's word alone ends an intent; without an answer it stays. */
async function hasNothingLeft(
  client: TollgateClient,
  { key }: Intent,
  now: number,
): Promise<boolean> {
  try {
    const operation = await client.billing.operation.query({ key })
    if (operation === null) return true
    const { state, endedAt } = operation
    if (state !== 'settled') return state !== 'executing'
    return endedAt !== null && now - Date.parse(endedAt) > RESULT_KEPT_MS
  } catch {
    return false
  }
}
