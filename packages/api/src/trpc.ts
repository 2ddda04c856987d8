import { BILLING_ERROR_STATUS, type BillingError } from '@tollgate/contract'
import type { FeatureSlug, MeterSlug } from '@tollgate/contract/catalog'
import { notSignedIn, rateLimited, type UnavailablePolicy } from '@tollgate/metering'
import { billingErrorOf } from '@tollgate/metering/trpc'
import { initTRPC } from '@trpc/server'
import { ZodError, z } from 'zod'
import { note } from './answers.ts'
import { collectStream } from './collect-stream.ts'
import type { Context } from './context.ts'
import { forDevice } from './for-device.ts'
import { translateError } from './translate-error.ts'

/** What a procedure says of itself; read by the catalog and by the conformance kit. */
export type Meta = {
  billing?: BilledMeta
  /** Why this mutation costs nothing: every mutation is either billed or says so here. */
  free?: string
}

/** The price of a billed procedure as data. */
export type BilledMeta = {
  charges: { meter: MeterSlug; amount: number | null }[]
  settle: 'hold' | 'reported'
  feature: FeatureSlug | 'by_input' | null
  whenUnavailable: UnavailablePolicy
  /** An input the procedure accepts. */
  example: unknown
  /** Another one, when it was given. */
  otherExample?: unknown
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    // Said here, because tRPC would otherwise read NODE_ENV and send stack traces.
    isDev: false,
    errorFormatter({ shape, error: thrown, ctx }) {
      // Errors in the middle of a stream come here without having passed a middleware.
      const error = translateError(thrown)
      const told = billingErrorOf(error)
      const billing: BillingError | null = told && ctx ? forDevice(told, ctx.headers) : told
      const status = billing
        ? { code: error.code, httpStatus: BILLING_ERROR_STATUS[billing.kind] }
        : {}
      return { ...shape, message: toldMessage(error), data: { ...shape.data, ...status, billing } }
    },
    // Proxies close silent connections after a minute; ten minutes is how long a revoked session could go on listening.
    sse: {
      maxDurationMs: 600_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
  })

export const { router } = t

/** Outermost around every procedure: puts failures into headers and turns streams into arrays for plain callers. */
const answering = t.middleware(async ({ ctx, type, batchIndex, next }) => {
  const result = await next()
  if (!result.ok) {
    const error = translateError(result.error)
    const billing = billingErrorOf(error)
    if (billing && 'retryAfterMs' in billing) {
      note(ctx.answers, batchIndex, { retryAfterMs: billing.retryAfterMs })
    }
    return { ...result, error }
  }
  if (ctx.acceptsStream || type === 'subscription') return result
  return { ...result, data: await collectStream(result.data) }
})

/** Anyone may call it. */
export const publicProcedure = t.procedure.use(answering)

/** Only a caller who is signed in, guests included, may call it; `ctx.customer` is who pays. */
export const protectedProcedure = publicProcedure.use(async ({ ctx, path, type, meta, next }) => {
  const { customer } = ctx
  if (!customer) throw notSignedIn([{ type: 'sign_in', url: `${ctx.publicUrl}/sign-in` }])
  const kind = meta?.billing ? 'billed' : type === 'mutation' ? 'free' : 'read'
  const waitMs = await ctx.rateLimit({ customerId: customer.customerId, path, kind })
  if (waitMs !== null) throw rateLimited(waitMs)
  return next({ ctx: { customer } })
})

/** A mutation that costs nothing, and says why. */
export function freeProcedure(reason: string) {
  return protectedProcedure.meta({ free: reason })
}

/** Internal errors are ours to read, in the log: their text may hold anything. */
function toldMessage(error: { code: string; message: string; cause?: unknown }): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    return 'Something went wrong on our side. Try again with the same operation key.'
  }
  return error.cause instanceof ZodError ? z.prettifyError(error.cause) : error.message
}
