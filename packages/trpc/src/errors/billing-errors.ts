import type { BillingError } from '@tollgate/contract'
import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { billingErrorOf } from './billing-error-of.ts'
import { toTrpcError } from './to-trpc-error.ts'

/** An error as a client gets it: tRPC's shape, with the refusal in `data.billing`. */
export type BilledErrorShape<Shape extends TRPCDefaultErrorShape = TRPCDefaultErrorShape> =
  Shape & {
    data: { billing: BillingError | null }
  }

/**
 * The error formatter: billing refusals get their HTTP status and are passed on in full in `error.data.billing`.
 *
 * @example
 * const t = initTRPC.context<Context>().create({ errorFormatter: billingErrors })
 */
export function billingErrors<Shape extends TRPCDefaultErrorShape>(options: {
  shape: Shape
  error: TRPCError
}): BilledErrorShape<Shape> {
  // Errors during a stream arrive here without having passed through a middleware.
  const error = toTrpcError(options.error)
  const billing = billingErrorOf(error)
  const { shape } = options
  if (error === options.error) return { ...shape, data: { ...shape.data, billing } }
  const httpStatus = getHTTPStatusCodeFromError(error)
  return {
    ...shape,
    code: TRPC_ERROR_CODES_BY_KEY[error.code],
    message: error.message,
    data: { ...shape.data, code: error.code, httpStatus, billing },
  }
}

/** Wraps an existing formatter, which gets the shape with `data.billing` filled in. */
export function withBillingErrors<Ctx, Shape>(
  formatter: (options: FormatterOptions<Ctx, BilledErrorShape>) => Shape,
): (options: FormatterOptions<Ctx, TRPCDefaultErrorShape>) => Shape {
  return (options) =>
    formatter({ ...options, error: toTrpcError(options.error), shape: billingErrors(options) })
}

type FormatterOptions<Ctx, Shape> = {
  shape: Shape
  error: TRPCError
  ctx: Ctx | undefined
  type: string
  path: string | undefined
  input: unknown
}
