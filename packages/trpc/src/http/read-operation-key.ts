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
 */
export function readOperationKey(
  headers: Pick<Headers, 'get'>,
  batchIndex: number,
  { acceptRequestId = false } = {},
): OperationKey {
  const fallback = acceptRequestId ? headers.get(OPERATION_KEY_FALLBACK_HEADER) : null
  const value = headers.get(OPERATION_KEY_HEADER) ?? fallback
  const key = value?.split(',')[batchIndex]?.trim()
  if (!key) throw keyMissing()
  if (!isOperationKey(key)) throw keyInvalid()
  return key
}
