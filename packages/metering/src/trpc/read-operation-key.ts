import {
  isOperationKey,
  OPERATION_KEY_FALLBACK_HEADER,
  OPERATION_KEY_HEADER,
  type OperationKey,
} from '@tollgate/contract'
import { MeteringError } from '../metering-error.ts'

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
  if (!key) {
    throw new MeteringError({
      kind: 'key_missing',
      message:
        `This call costs credits and needs an operation key. Send the header ${OPERATION_KEY_HEADER} with a fresh UUID per ` +
        'intent and the same one on every retry; in a batch, one per call, comma-separated, by index.',
    })
  }
  if (!isOperationKey(key)) {
    throw new MeteringError({
      kind: 'key_invalid',
      message: `The operation key in ${OPERATION_KEY_HEADER} must be 16–64 of A-Z a-z 0-9 _ -; a UUID fits.`,
    })
  }
  return key
}
