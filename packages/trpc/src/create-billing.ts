import type { Metering } from '@tollgate/metering'
import type { Billed, Work } from '@tollgate/metering'
import type { inferProcedureBuilderResolverOptions } from '@trpc/server'
import type { AnyProcedureBuilder } from '@trpc/server/unstable-core-do-not-import'
import type { BillingOptions } from './billing-options.ts'
import { createFinders, type Finders } from './create-finders.ts'
import { toResponse } from './errors/to-response.ts'
import { wrapAdapterOptions } from './http/wrap-adapter-options.ts'
import type { BilledProcedure } from './procedure/billed-procedure.ts'
import { createProcedureBuilder, type RuntimeBuilder } from './procedure/build-procedure.ts'
import type { BillingBuilders } from './router/billing-procedures.ts'
import { type BillingRouter, createBillingRouter } from './router/billing-router.ts'
import { type BilledJob, runJob } from './run/run-job.ts'

/** What `initTRPC.create()` made, as far as billing needs it. */
type Root = { procedure: AnyProcedureBuilder; _config: { $types: { meta: object; ctx: object } } }
type CtxOf<Builder extends AnyProcedureBuilder> =
  inferProcedureBuilderResolverOptions<Builder>['ctx'] & object

/** Billing for one tRPC root. */
export type Billing<
  Meter extends string,
  Feature extends string,
  Ctx extends object,
  Meta extends object,
> = {
  /** Builds procedures that cost credits: call it with a price, or give it one later with `.price()`. */
  procedure: BilledProcedure<Meter, Feature, Ctx, Meta>
  /** What the application mounts as `billing`: balance, catalog, quote, activity, checkout and more. */
  router: BillingRouter
  /** Joins billing to the options of any HTTP adapter of tRPC's. */
  http<Options extends object>(options: Options): Options
  /** Runs work that costs credits and has no request: jobs, cron, routes without tRPC. */
  run<Output>(job: BilledJob<Meter, Feature>, work: Work<Output>): Promise<Billed<Output>>
  /** A refusal of billing as a plain HTTP answer; null for any other error. */
  response(error: unknown): Response | null
}

/**
 * Makes billed procedures for an application's own tRPC root.
 *
 * @example
 * const billing = createBilling({ t, catalog, metering, customer: (ctx) => ctx.user })
 * const appRouter = t.router({
 *   billing: billing.router,
 *   draw: billing.procedure({ meter: 'images', amount: 1, example: { prompt: 'a fox' } })
 *     .input(z.object({ prompt: z.string() }))
 *     .mutation(({ input, signal }) => artist.draw(input.prompt, { signal })),
 * })
 * createHTTPHandler(billing.http({ router: appRouter, createContext }))
 */
export function createBilling<
  T extends Root,
  Meter extends string,
  Feature extends string,
  Price extends string,
  Builder extends AnyProcedureBuilder = T['procedure'],
>(
  options: BillingOptions<T['_config']['$types']['ctx'], CtxOf<Builder>, Meter, Feature, Price> & {
    t: T
    /** The application's own builder, with its sign-in, tenant and rate limit; `t.procedure` when left out. */
    procedure?: Builder
  },
): Billing<Meter, Feature, CtxOf<Builder>, T['_config']['$types']['meta']>
export function createBilling(
  options: BillingOptions<object> & {
    t: { procedure: RuntimeBuilder }
    procedure?: RuntimeBuilder
  },
): object {
  const { catalog, metering, t } = options
  const procedure = options.procedure ?? t.procedure
  const finders = createFinders(options)
  return {
    procedure: createProcedureBuilder({ catalog, procedure, finders }),
    router: createBillingRouter(
      buildersOf({ anyone: t.procedure, signedIn: procedure }, finders),
      catalog,
    ),
    http: wrapAdapterOptions,
    run: (job: BilledJob<string, string>, work: Work<unknown>) =>
      runJob(requireMetering(metering), job, work),
    response: toResponse,
  }
}

function buildersOf(builders: Builders, finders: Finders): BillingBuilders
function buildersOf({ anyone, signedIn }: Builders, { services, caller }: Finders): object {
  return {
    anyone: anyone.use(({ ctx, next }: Middleware) => next({ ctx: { billing: services(ctx) } })),
    signedIn: signedIn.use(async ({ ctx, next }: Middleware) =>
      next({ ctx: { billing: { ...services(ctx), ...(await caller(ctx)) } } }),
    ),
  }
}

type Builders = { anyone: RuntimeBuilder; signedIn: RuntimeBuilder }
type Middleware = { ctx: object; next: (options: { ctx: object }) => Promise<unknown> }

function requireMetering(metering: BillingOptions<object>['metering']): Metering {
  if (typeof metering !== 'function') return metering
  throw new Error(
    'billing.run() has no context to find metering in. Give createBilling() metering itself.',
  )
}
