import { notPermitted, notSignedIn, rateLimited } from '@tollgate/metering'
import {
  type BilledErrorShape,
  refuseOtherAccount,
  toTrpcError,
  withBillingErrors,
} from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import { ZodError, z } from 'zod'
import { checkScope } from './api-keys/check-scope.ts'
import type { Context } from './context.ts'
import { type InputIssue, inputIssuesOf } from './input-issues.ts'
import { offeredActions } from './offered-actions.ts'

/** The metadata of a procedure. */
export type Meta = {
  /** Why this mutation is free: every mutation is either billed or has a reason here. */
  free?: string
  /** Rate-limited with billed calls, because programs call it as often as those. */
  isFrequent?: true
}

/** An error as a client receives it: a refusal of billing, or what is wrong with the input. */
type ErrorShape = BilledErrorShape & { data: { issues: InputIssue[] | null } }

/** The product's tRPC root. */
export const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    // Set explicitly, because tRPC would otherwise read NODE_ENV and send stack traces.
    isDev: false,
    errorFormatter: withBillingErrors<Context, ErrorShape>(({ shape, error, ctx }) => {
      const { billing } = shape.data
      const offered = billing && ctx ? offeredActions(billing, ctx) : billing
      return {
        ...shape,
        message: messageOf(error),
        data: { ...shape.data, billing: offered, issues: inputIssuesOf(error.cause) },
      }
    }),
    // A window detects a half-open connection within two pings; after ten minutes it opens another, to any server.
    sse: {
      maxDurationMs: 600_000,
      ping: { enabled: true, intervalMs: 5000 },
      client: { reconnectAfterInactivityMs: 11_000 },
    },
  })

export const { router } = t

/**
 * Open to all callers.
 * @public
 */
export const publicProcedure = t.procedure

/** Requires a caller who is signed in, possibly as a guest; `ctx.customer` is who pays. */
export const protectedProcedure = publicProcedure.use(async ({ ctx, path, type, meta, next }) => {
  const { customer, user, apiKey } = ctx
  if (!customer) {
    if (user) throw toTrpcError(notPermitted('membership'))
    throw toTrpcError(notSignedIn([{ type: 'sign_in', url: `${ctx.publicUrl}/sign-in` }]))
  }
  refuseOtherAccount(ctx.headers, user?.membership?.organizationId ?? customer.customerId)
  if (apiKey) checkScope(apiKey, { path, meta })
  const isBilled = meta !== undefined && 'billing' in meta
  const isFrequent = isBilled || meta?.isFrequent === true
  const kind = isFrequent ? 'billed' : type === 'mutation' ? 'free' : 'read'
  const caller = user?.membership ? user.id : customer.customerId
  const waitMs = await ctx.rateLimit({ caller, path, kind })
  if (waitMs !== null) throw toTrpcError(rateLimited(waitMs))
  return next({ ctx: { customer } })
})

/** A mutation that is free, with the reason; a frequent one is rate-limited with billed calls. */
export function freeProcedure(reason: string, frequent: Pick<Meta, 'isFrequent'> = {}) {
  return protectedProcedure.meta({ free: reason, ...frequent })
}

/** Internal errors belong in our log: their messages may contain anything. */
function messageOf(error: { code: string; message: string; cause?: unknown }): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    return 'Something went wrong on our side. Try again with the same operation key.'
  }
  return error.cause instanceof ZodError ? z.prettifyError(error.cause) : error.message
}
