import type { Logger } from '@tollgate/contract'
import { isUnavailable } from '@tollgate/database'
import type { Context } from 'hono'
import type { LedgerErrorCode } from '../core/ledger-error.ts'
import type { LedgerVariables } from './ledger-variables.ts'
import { refusalOf } from './refusal-of.ts'

const STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  PAYMENT_FAILED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYMENT_PENDING: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNPROCESSABLE: 422,
  INTERNAL_SERVER_ERROR: 500,
  PAYMENT_UNAVAILABLE: 503,
  UNAVAILABLE: 503,
} as const satisfies Record<LedgerErrorCode, number>

/** The SDK retries 409 and 503 twice, which cannot help with these. */
const NOT_RETRYABLE: ReadonlySet<LedgerErrorCode> = new Set([
  'CONFLICT',
  'PAYMENT_PENDING',
  'PAYMENT_UNAVAILABLE',
])

/** Responds with Flowglad's flat error body; its SDK reads `code` at the top level. */
export function refusal(
  context: Context<LedgerVariables>,
  { code, message }: { code: LedgerErrorCode; message: string },
): Response {
  if (NOT_RETRYABLE.has(code)) context.header('x-should-retry', 'false')
  return context.json({ error: message, code, request_id: context.get('requestId') }, STATUS[code])
}

/** Translates an error into a response: an expected one by its code, any other masked as 500. */
export function errorResponse(
  error: Error,
  context: Context<LedgerVariables>,
  logger: Logger,
): Response {
  const expected = refusalOf(error)
  if (expected) {
    if (isUnavailable(error)) {
      logger.warn({ error, path: context.req.path }, 'billing API: database unavailable')
      context.header('Retry-After', '1')
    }
    return refusal(context, expected)
  }
  if (context.req.raw.signal.aborted) {
    logger.debug({ path: context.req.path }, 'billing API: client disconnected')
    return new Response(null, { status: 499 })
  }
  logger.error(
    { error, requestId: context.get('requestId'), path: context.req.path },
    'billing API: request failed',
  )
  return refusal(context, { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' })
}
