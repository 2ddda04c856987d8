import type { inferRouterOutputs } from '@trpc/server'
import { z } from 'zod'
import { operatorProcedure, operatorRouterOf } from './operator-procedure.ts'

const DAYS_MAX = 92
const id = z.string().trim().min(1).max(200)
const cursor = z.string().max(500).optional()
const reason = z.string().trim().min(3, 'Give a reason.').max(500)

/** A change with its reason, which is recorded with its author. */
const changing = operatorProcedure.input(z.object({ reason })).use(({ ctx, input, next }) => {
  const author = { operator: ctx.caller.email, via: 'view' as const, reason: input.reason }
  return next({ ctx: { author } })
})

/** What operators see and change. A separate router: nothing in it is sold, documented for customers, or offered to agents. */
export const operatorRouter = operatorRouterOf({
  /** The caller, once identified as an operator. */
  me: operatorProcedure.query(({ ctx }) => ({ email: ctx.caller.email })),
  overview: operatorProcedure.query(({ ctx }) => ctx.service.overview()),
  figures: operatorProcedure
    .input(z.object({ days: z.int().min(1).max(DAYS_MAX) }))
    .query(({ ctx, input }) => ctx.service.figures(input.days)),
  refusals: operatorProcedure.query(({ ctx }) => ctx.service.refusals()),
  quarantined: operatorProcedure
    .input(z.object({ cursor }))
    .query(({ ctx, input }) => ctx.service.quarantined(input)),
  running: operatorProcedure.query(({ ctx }) => ctx.service.running()),
  unsynced: operatorProcedure.query(({ ctx }) => ctx.service.unsynced()),
  drift: operatorProcedure.query(({ ctx }) => ctx.service.drift()),
  /** Finds the customer by operation id, customer id or e-mail address. */
  find: operatorProcedure
    .input(z.object({ text: id }))
    .query(({ ctx, input }) => ctx.service.find(input.text)),
  customer: operatorProcedure
    .input(z.object({ customerId: id, cursor }))
    .query(({ ctx, input }) => ctx.service.customer(input.customerId, input.cursor)),
  operation: operatorProcedure
    .input(z.object({ operationId: z.uuid() }))
    .query(({ ctx, input }) => ctx.service.operation(input.operationId)),
  changes: operatorProcedure
    .input(z.object({ cursor, customerId: id.optional() }))
    .query(({ ctx, input }) => ctx.service.changes(input)),
  operators: operatorProcedure.query(({ ctx }) => ctx.service.operators()),
  release: changing
    .input(z.object({ operationId: z.uuid() }))
    .mutation(({ ctx, input }) => changed(ctx.service.release(input.operationId, ctx.author))),
  quarantine: changing
    .input(z.object({ transactionId: id }))
    .mutation(({ ctx, input }) => changed(ctx.service.quarantine(input.transactionId, ctx.author))),
  replay: changing
    .input(z.object({ transactionId: id }))
    .mutation(({ ctx, input }) => changed(ctx.service.replay(input.transactionId, ctx.author))),
  accept: changing
    .input(z.object({ transactionId: id, amount: z.int().min(0) }))
    .mutation(({ ctx, input }) => changed(ctx.service.accept(input, ctx.author))),
  redeliver: changing
    .input(z.object({ transactionId: id }))
    .mutation(({ ctx, input }) => changed(ctx.service.redeliver(input.transactionId, ctx.author))),
})

/** The router's types; the only thing that a client may import. */
export type OperatorRouter = typeof operatorRouter

/** The answer of each procedure, by name. */
export type OperatorOutputs = inferRouterOutputs<OperatorRouter>

async function changed(change: Promise<boolean>): Promise<{ changed: boolean }> {
  return { changed: await change }
}
