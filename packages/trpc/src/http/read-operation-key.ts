import {
  isOperationKey,
  OPERATION_KEY_FALLBACK_HEADER,
  OPERATION_KEY_HEADER,
  type OperationKey,
} from '@tollgate/contract'
import { keyInvalid, keyMissing } from '@tollgate/metering'

/**
 * The operation key of one call of a request, from `Idempotency-Key`; in a batch, comma-separated by index.
 * Throws `MeteringError` `key_missing` or `key_invalid` (both 400).
 *
 * @example
 * const key = readOperationKey(ctx.req.headers, batchIndex)
 */
export function readOperationKey(
  headers: Pick<Headers, 'get'>,
  batchIndex: number,
  options: {
    /**
     * Takes `X-Request-Id` where there is no `Idempotency-Key`. Only for installations whose clients send it themselves and repeat
     * it on a retry: a proxy that sets a new one per request turns every retry into a second charge.
     */
    acceptRequestId?: boolean
  } = {},
): OperationKey {
  const fallback = options.acceptRequestId ? headers.get(OPERATION_KEY_FALLBACK_HEADER) : null
  const value = headers.get(OPERATION_KEY_HEADER) ?? fallback
  const key = value?.split(',')[batchIndex]?.trim()
  if (!key) throw keyMissing()
  if (!isOperationKey(key)) throw keyInvalid()
  return key
}
