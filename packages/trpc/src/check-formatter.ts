import { notSignedIn, SetupError } from '@tollgate/metering'
import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { toTrpcError } from './errors/to-trpc-error.ts'

/** tRPC's error formatter, as it is called at run time. */
export type RuntimeFormatter = (options: {
  shape: TRPCDefaultErrorShape
  error: TRPCError
  type: 'unknown'
  path: undefined
  input: undefined
  ctx: undefined
}) => unknown

/** Stops a program whose clients would see a refusal without its reason. */
export function checkFormatter(formatter: RuntimeFormatter): void {
  const shape = format(formatter)
  if (shape === null || hasRefusal(shape)) return
  throw new SetupError(
    'Refusals of billing do not reach clients. Pass errorFormatter: billingErrors to initTRPC.create(), or wrap your own: withBillingErrors(formatter).',
  )
}

/** Tries the formatter with a refusal; null when it cannot be tried without a call. */
function format(formatter: RuntimeFormatter): unknown {
  const error = toTrpcError(notSignedIn([]))
  const data = { code: error.code, httpStatus: getHTTPStatusCodeFromError(error) }
  const shape = { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data }
  try {
    return formatter({
      shape,
      error,
      type: 'unknown',
      path: undefined,
      input: undefined,
      ctx: undefined,
    })
  } catch {
    return null
  }
}

function hasRefusal(shape: unknown): boolean {
  const data = fieldOf(shape, 'data')
  return fieldOf(fieldOf(data, 'billing'), 'kind') !== undefined
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
