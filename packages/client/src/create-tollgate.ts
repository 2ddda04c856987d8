import type { TRPCClient } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import type { UnknownBillingError } from './billing-error-of.ts'
import type { BilledApi, BilledCall } from './router/billed-api.ts'
import type { BillingErrorOf } from './router/meter-of.ts'
import type { Submitted } from './submit.ts'
import { type CoreOptions, createTollgateCore, type TollgateCore } from './tollgate-core.ts'
import type { TollgateOptions } from './tollgate-options.ts'
import { withProcedures } from './with-procedures.ts'

/** A typed client for one router, for browsers, phones and Node, with or without React, Vue or Svelte. */
export type Tollgate<Router extends AnyRouter> = TollgateCore & {
  /** The router's procedures as typed functions. Every mutation is an intent of its own unless `intent(key)` names one. */
  client: TRPCClient<Router>
  /**
   * Calls a billed procedure as a button does: the intent is recorded before it is sent, and submitting the same input again while the
   * outcome is open is the same intent, charged once.
   * @example const { output, receipt } = await tollgate.submit((api) => api.draw, { prompt: 'a fox' })
   */
  submit<Input, Output>(
    select: (api: BilledApi<Router>) => BilledCall<Input, Output, unknown>,
    input: NoInfer<Input>,
    options?: { signal?: AbortSignal },
  ): Promise<Submitted<Output>>
  /** What billing answered instead of a result; null when the error has another cause. */
  billingErrorOf(error: unknown): BillingErrorOf<Router> | UnknownBillingError | null
}

/**
 * Makes a client for a router from its type. Calls are retried by the policy, and every mutation carries an operation key.
 * @example
 * const tollgate = createTollgate<AppRouter>({ url: 'https://studio.example/trpc', streams: { summarize: true } })
 * await tollgate.client.draw.mutate({ prompt: 'a fox' })
 */
export function createTollgate<Router extends AnyRouter>(
  options: TollgateOptions<Router>,
): Tollgate<Router>
export function createTollgate(options: CoreOptions): object {
  return withProcedures(createTollgateCore(options))
}
