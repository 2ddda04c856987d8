import { RESULT_KEPT_MS } from '@tollgate/contract'
import type { TollgateCore } from '../tollgate-core.ts'
import type { Intent } from './intent.ts'
import { readOperation } from './read-operation.ts'

/**
 * Forgets open intents that have nothing left to fetch: the server says that they were not charged, or that their result is
 * past its keeping time. For programs that do not replay by themselves; call it once after sign-in. Returns how many stay.
 * @example await forgetEnded({ tollgate })
 */
export async function forgetEnded(options: {
  tollgate: Pick<TollgateCore, 'untyped' | 'intents'>
  now?: () => number
}): Promise<number> {
  const { tollgate, now = Date.now } = options
  const store = tollgate.intents
  for (const intent of store.list()) {
    const isYoung = now() - intent.at <= RESULT_KEPT_MS
    if (isYoung || store.isInFlight(intent.key)) continue
    if (await hasNothingLeft(tollgate, intent, now())) {
      store.settle({ key: intent.key, error: null })
    }
  }
  return store.list().length
}

/** The server's word alone ends an intent; without an answer it stays. */
async function hasNothingLeft(
  tollgate: Pick<TollgateCore, 'untyped'>,
  { key }: Intent,
  now: number,
): Promise<boolean> {
  try {
    const operation = await readOperation(tollgate, key)
    if (operation === null) return true
    const { state, endedAt } = operation
    if (state !== 'settled') return state !== 'executing'
    return endedAt !== null && now - Date.parse(endedAt) > RESULT_KEPT_MS
  } catch {
    return false
  }
}
