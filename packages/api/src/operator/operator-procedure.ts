import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError, z } from 'zod'
import type { OperatorService } from './operator-service.ts'

/** An operator who is signed in, or why the caller is not one. */
export type OperatorCaller =
  | { outcome: 'operator'; userId: string; email: string }
  | { outcome: 'not_signed_in' | 'sign_in_again' | 'not_an_operator' }

/** The `ctx` of an operator's procedure. */
export type OperatorContext = { caller: OperatorCaller; service: OperatorService }

const t = initTRPC.context<OperatorContext>().create({
  // Set explicitly, because tRPC would otherwise read NODE_ENV and send stack traces.
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    message: messageOf(error),
    // Screens need the difference: "sign in", "sign in again" and "you may not" require different actions.
    data: { ...shape.data, refused: refusedOf(ctx) },
  }),
})

export const { router: operatorRouterOf } = t

/** Requires an operator who has signed in recently. This router has no other kind of procedure. */
export const operatorProcedure = t.procedure.use(({ ctx, next }) => {
  const { caller } = ctx
  switch (caller.outcome) {
    case 'operator':
      return next({ ctx: { caller } })
    case 'not_signed_in':
      throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in as an operator.' })
    case 'sign_in_again':
      throw new TRPCError({
        code: 'UNAUTHORIZED',
        message: 'You signed in too long ago for this. Sign out and in again.',
      })
    case 'not_an_operator':
      throw new TRPCError({
        code: 'FORBIDDEN',
        message:
          'This account is not an operator. It becomes one by a command on the server: pnpm operator add EMAIL.',
      })
  }
})

function refusedOf(ctx: OperatorContext | undefined) {
  if (!ctx || ctx.caller.outcome === 'operator') return null
  return ctx.caller.outcome
}

/** Internal errors are for the log: their messages may contain anything. */
function messageOf(error: { code: string; message: string; cause?: unknown }): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') return 'That did not work. The log has the reason.'
  return error.cause instanceof ZodError ? z.prettifyError(error.cause) : error.message
}
