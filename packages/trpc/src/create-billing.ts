import type { Metering } from '@tollgate/metering'
import type { Billed, Work } from '@tollgate/metering'
import type { inferProcedureBuilderResolverOptions } from '@trpc/server'
import type { AnyProcedureBuilder } from '@trpc/server/unstable-core-do-not-import'
import type { BillingOptions, FromContext } from './billing-options.ts'
import { checkCatalogs } from './check-catalogs.ts'
import { checkFormatter, type RuntimeFormatter } from './check-formatter.ts'
import { createFinders, type Finders } from './create-finders.ts'
import { toResponse } from './errors/to-response.ts'
import { wrapAdapterOptions } from './http/wrap-adapter-options.ts'
import type { BilledProcedure } from './procedure/billed-procedure.ts'
import { createProcedureBuilder, type RuntimeBuilder } from './procedure/build-procedure.ts'
import type { Mistake } from './procedure/mistake.ts'
import type { BillingBuilders } from './router/billing-procedures.ts'
import { type BillingRouter, createBillingRouter } from './router/billing-router.ts'
import { type BilledJob, runJob } from './run/run-job.ts'
import { type RuntimeTransformer, toCodec } from './to-codec.ts'

/** The part of `initTRPC.create()`'s result that billing uses. */
type Root = {
  procedure: AnyProcedureBuilder
  _config: RuntimeConfig & { $types: { meta: object; ctx: object; errorShape: unknown } }
}
type RuntimeConfig = {
  errorFormatter: RuntimeFormatter
  transformer: RuntimeTransformer
  isDev: boolean
}
type CtxOf<Builder extends AnyProcedureBuilder> =
  inferProcedureBuilderResolverOptions<Builder>['ctx'] & object

/** Requires an error formatter that passes billing refusals on. */
type Formatted<T extends Root> = T['_config']['$types']['errorShape'] extends {
  data: { billing: unknown }
}
  ? unknown
  : {
      _config: {
        errorFormatter: Mistake<'Pass errorFormatter: billingErrors to initTRPC.create().'>
      }
    }

/** Billing for one tRPC root. */
export type Billing<
  Meter extends string,
  Feature extends string,
  Ctx extends object,
  Meta extends object,
  Job extends object = object,
> = {
  /** Builds procedures that cost credits: call it with a price, or add one later with `.price()`. */
  procedure: BilledProcedure<Meter, Feature, Ctx, Meta>
  /** The router to mount as `billing`: balance, catalog, quote, activity, checkout and more. */
  router: BillingRouter<Meter>
  /** Adds billing to the options of any tRPC HTTP adapter. */
  http<Options extends object>(options: Options): Options
  /** Runs work that costs credits and has no request: jobs, cron, routes without tRPC. */
  run<Output>(
    job: BilledJob<Meter, Feature> & Job,
    work: Work<Output>,
  ): Promise<Billed<Output, Meter>>
  /** A billing refusal as a plain HTTP response; null for any other error. */
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
  Given extends FromContext<T['_config']['$types']['ctx'], Metering>,
  Builder extends AnyProcedureBuilder = T['procedure'],
  Public extends AnyProcedureBuilder = T['procedure'],
>(
  options: BillingOptions<
    T['_config']['$types']['ctx'],
    CtxOf<Builder>,
    Meter,
    Feature,
    Price,
    Given
  > & {
    t: T & Formatted<T>
    /** The application's own builder, with its sign-in, tenant and rate limit; `t.procedure` by default. */
    procedure?: Builder
    /** The application's builder for what anyone may read, signed in or not: `billing.catalog`; `t.procedure` by default. */
    publicProcedure?: Public
  },
): Billing<
  Meter,
  Feature,
  CtxOf<Builder>,
  T['_config']['$types']['meta'],
  Given extends Metering ? object : { metering: Metering }
>
export function createBilling(options: RuntimeOptions): object {
  const { catalog, metering, t } = options
  checkFormatter(t._config.errorFormatter)
  if (typeof metering !== 'function') checkCatalogs(catalog, metering.catalog)
  const { procedure = t.procedure, publicProcedure = t.procedure } = options
  const codec = toCodec(t._config.transformer)
  const finders = createFinders(options, codec)
  return {
    procedure: createProcedureBuilder({
      catalog,
      procedure,
      finders,
      codec,
      isDev: t._config.isDev,
    }),
    router: createBillingRouter(
      buildersOf({ anyone: publicProcedure, signedIn: procedure }, finders),
      catalog,
    ),
    http: wrapAdapterOptions,
    run: (job: BilledJob<string, string>, work: Work<unknown>) =>
      runJob({ metering: typeof metering === 'function' ? null : metering, codec }, job, work),
    response: toResponse,
  }
}

/** The options at run time. */
type RuntimeOptions = BillingOptions<object> & {
  t: { procedure: RuntimeBuilder; _config: RuntimeConfig }
  procedure?: RuntimeBuilder
  publicProcedure?: RuntimeBuilder
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
