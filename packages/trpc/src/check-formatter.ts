import { notSignedIn, SetupError } from '@tollgate/metering'
import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { z } from 'zod'
import { toTrpcError } from './errors/to-trpc-error.ts'

/** tRPC's error formatter at run time. */
export type RuntimeFormatter = (options: {
  shape: TRPCDefaultErrorShape
  error: TRPCError
  type: 'unknown'
  path: undefined
  input: undefined
  ctx: undefined
}) => unknown

/** Throws at startup if clients would get a refusal without its reason; a formatter that cannot be tried without a call passes. */
export function checkFormatter(formatter: RuntimeFormatter): void {
  const error = toTrpcError(notSignedIn([]))
  const data = { code: error.code, httpStatus: getHTTPStatusCodeFromError(error) }
  const shape = { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data }
  const call = { type: 'unknown', path: undefined, input: undefined, ctx: undefined } as const
  let formatted: unknown
  try {
    formatted = formatter({ shape, error, ...call })
  } catch {
    return
  }
  if (refusal.safeParse(formatted).success) return
  throw new SetupError(
    'Refusals of billing do not reach clients. Pass errorFormatter: billingErrors to initTRPC.create(), or wrap your own: withBillingErrors(formatter).',
  )
}

const refusal = z.object({ data: z.object({ billing: z.object({ kind: z.string() }) }) })
