import { RESULT_KEPT_MS } from '@tollgate/contract'
import type { TollgateCore } from '../tollgate-core.ts'
import { lookUpOperation, type OperationReport } from './look-up-operation.ts'

/**
 * Removes open intents that have nothing left to fetch: the server reports that they were not charged, or that their result is no longer
 * kept. For programs without a replay; call it once after sign-in. Returns how many remain.
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
    if (hasNothingLeft(await lookUpOperation(tollgate, intent.key), now())) {
      store.settle({ key: intent.key, error: null })
    }
  }
  return store.list().length
}

/** Only the server's report ends an intent; without an answer it stays. */
function hasNothingLeft(report: OperationReport, now: number): boolean {
  switch (report.state) {
    case 'unreachable':
    case 'executing':
      return false
    case 'settled':
      return report.endedAt !== null && now - Date.parse(report.endedAt) > RESULT_KEPT_MS
    case 'not_found':
    case 'voided':
    case 'expired':
      return true
  }
}
