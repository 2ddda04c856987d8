import type { SpendLimit } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { instantSchema, slugSchema } from '@tollgate/contract/schema'
import { TRPCError, type TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import type { ApiKey } from '../api-keys/api-keys.ts'
import type { Context } from '../context.ts'
import { readProcedures } from '../open-api/read-procedures.ts'
import { freeProcedure, protectedProcedure } from '../trpc.ts'
import { checkAttenuation } from './check-attenuation.ts'
import { subjectsOf } from './subjects-of.ts'

/** Starts, reads and ends runs, which spend a part of a key's budget; what a run may call is chosen among `sold`. */
export function runProcedures(sold: TRPCRouterRecord) {
  const procedure = z.enum(readProcedures(sold).map(({ path }) => path))
  return {
    /** Starts a run with a part of the caller's budget, and returns its token, which is never shown again; free. */
    create: freeProcedure('starts a run, which costs nothing', FREQUENT)
      .input(
        z.object({
          limits: limits.describe('Credits per meter that it may spend in all; no other meter'),
          procedures: z
            .array(procedure)
            .min(1)
            .max(100)
            .nullable()
            .default(null)
            .describe('What it may call; null for what its parent may'),
          expiresInSeconds: z.int().min(1).max(SECONDS_MAX).default(3600),
        }),
      )
      .output(
        z.object({
          id: z.string(),
          token: z.string().describe('Shown once: hand it to the agent'),
          expiresAt: instantSchema.describe('Not after its parent ends'),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        const parent = programOf(ctx)
        const { expiresInSeconds } = input
        checkAttenuation(parent, await limitsOf(ctx, parent), input)
        const procedures = input.procedures ?? parent.procedures
        const meters = Object.keys(input.limits)
        const run = await ctx.runs.create(parent, { procedures, meters, expiresInSeconds })
        if (!run) throw new TRPCError({ code: 'CONFLICT', message: TOO_MANY })
        const expiresAt = new Date(run.expiresAt)
        const subject = { kind: 'run', id: run.id } as const
        for (const [meter, amount] of Object.entries(input.limits)) {
          const limit = { subject, meter, amount, period: null, expiresAt }
          await ctx.metering.limits.set({ customer: ctx.customer, ...limit })
        }
        return run
      }),
    /** What the caller's run, its key or a run below it may still spend. */
    left: protectedProcedure
      .input(z.object({ id: runId.optional() }).default({}))
      .output(
        z.object({
          limits: z.array(
            z.object({
              meter: slugSchema(catalog.meters),
              amount: z.int(),
              spent: z.int(),
              left: z.int().describe('What it and every run above it may still spend'),
            }),
          ),
        }),
      )
      .query(async ({ ctx, input }) => ({ limits: await readLeft(ctx, input.id) })),
    /** Ends a run and every run below it immediately; calls in progress are finished and charged. Free. */
    end: freeProcedure('ends a run, which costs nothing', FREQUENT)
      .input(z.object({ id: runId.describe('The caller’s own run, or one below it') }))
      .output(z.object({ ended: z.boolean().describe('False when there was no such run') }))
      .mutation(async ({ ctx, input: { id } }) => {
        if (!(await ctx.runs.lineage(programOf(ctx), id))) return { ended: false }
        await ctx.runs.end(id)
        // From here on no hold of the tree can be placed, not even by a call that another process has already admitted.
        const subject = { kind: 'run', id } as const
        const { customerId } = ctx.customer
        for (const { meter } of await ctx.metering.limits.list({ customerId, subject })) {
          await ctx.metering.limits.remove({ customerId, subject, meter })
        }
        return { ended: true }
      }),
  }
}

const FREQUENT = { isFrequent: true } as const
/** One week. */
const SECONDS_MAX = 7 * 24 * 60 * 60
const runId = z.uuid()
const limits = z
  .record(
    slugSchema(catalog.meters),
    z
      .int()
      .min(1)
      .max(2 ** 31 - 1),
  )
  .refine((given) => Object.keys(given).length > 0, 'Name at least one meter.')

const NO_KEY = 'Runs are started with an API key. Create a key, and send it as your bearer token.'
const TOO_MANY = 'This API key has as many open runs as it may have. End one first.'
const NO_RUN = 'There is no such run below this one.'

function programOf({ apiKey }: Pick<Context, 'apiKey'>): ApiKey {
  if (!apiKey) throw new TRPCError({ code: 'PRECONDITION_FAILED', message: NO_KEY })
  return apiKey
}

type Asking = Pick<Context, 'apiKey' | 'metering' | 'runs'> & {
  customer: NonNullable<Context['customer']>
}

/** What is left of the limits of one subject, at most what every subject above it has left. */
async function readLeft(ctx: Asking, id: string | undefined) {
  const program = programOf(ctx)
  const runs = id === undefined ? (program.runs ?? []) : await ctx.runs.lineage(program, id)
  if (!runs) throw new TRPCError({ code: 'NOT_FOUND', message: NO_RUN })
  const { customerId } = ctx.customer
  const least = new Map<string, number>()
  let own: SpendLimit[] = []
  for (const subject of subjectsOf({ ...program, runs })) {
    own = await ctx.metering.limits.list({ customerId, subject })
    for (const { meter, left } of own) {
      least.set(meter, Math.min(left, least.get(meter) ?? left))
    }
  }
  return own.map(({ meter, amount, spent, left }) => ({
    meter,
    amount,
    spent,
    left: least.get(meter) ?? left,
  }))
}

/** The limits of a key or a run, per meter. */
async function limitsOf(ctx: Asking, program: ApiKey): Promise<Map<string, number>> {
  const subject = subjectsOf(program).at(-1)
  if (!subject) return new Map()
  const { customerId } = ctx.customer
  const set = await ctx.metering.limits.list({ customerId, subject })
  return new Map(set.map(({ meter, amount }) => [meter, amount]))
}
