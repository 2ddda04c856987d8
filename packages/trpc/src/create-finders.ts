import { silentLogger } from '@tollgate/contract'
import { type Codec, notSignedIn } from '@tollgate/metering'
import type { BillingOptions, Caller, CallServices, FromContext } from './billing-options.ts'
import { toTrpcError } from './errors/to-trpc-error.ts'
import { requestStateOf } from './http/request-state.ts'
import { refuseOtherAccount } from './refuse-other-account.ts'
import { createStreamSlots } from './stream-slots.ts'
import { toBillingCustomer } from './to-billing-customer.ts'

/** How many balance streams, such as tabs, one customer may have open at once. */
const STREAMS_PER_CUSTOMER = 10

/** Resolve the options in the context of a call. */
export type Finders = {
  services(ctx: object): CallServices
  /** Throws 401 when no one is signed in. */
  caller(ctx: object): Promise<Caller>
}

/** Makes the finders of one application. */
export function createFinders(options: BillingOptions<object>, codec: Codec | null): Finders {
  const streamSlots = createStreamSlots({ perCustomer: STREAMS_PER_CUSTOMER })
  return {
    services: (ctx) => ({
      catalog: options.catalog,
      metering: find(options.metering, ctx),
      publicUrl: find(options.publicUrl, ctx) ?? null,
      mayBuy: options.mayBuy?.(ctx) ?? true,
      acceptRequestIdAsKey: find(options.acceptRequestIdAsKey, ctx) ?? false,
      present: options.present ?? ((output) => output),
      guestsOf: async (customerId) => (await options.guestsOf?.(ctx, customerId)) ?? [],
      signReceipt: options.signReceipt?.(ctx) ?? null,
      codec,
      streamSlots: find(options.streamSlots, ctx) ?? streamSlots,
      logger: find(options.logger, ctx) ?? silentLogger,
    }),
    async caller(ctx) {
      const customer = await options.customer(ctx)
      if (!customer) {
        const url = `${find(options.publicUrl, ctx) ?? ''}/sign-in`
        throw toTrpcError(notSignedIn([{ type: 'sign_in', url }]))
      }
      const request = requestStateOf(ctx)
      if (request) refuseOtherAccount(request.headers, customer.account ?? customer.id)
      const { isGuest = false, isOwner = true, maySpend = true } = customer
      const { userId = null, until = null, expiresAt = Infinity } = customer
      const subjects = (await options.subjects?.(ctx)) ?? []
      return {
        customer: toBillingCustomer(customer),
        isGuest,
        isOwner,
        maySpend,
        userId,
        until,
        expiresAt,
        subjects,
      }
    },
  }
}

function find<Value>(option: FromContext<object, Value>, ctx: object): Value {
  return isFunction(option) ? option(ctx) : option
}

function isFunction<Value>(option: FromContext<object, Value>): option is (ctx: object) => Value {
  return typeof option === 'function'
}
