import type {
  BillingCustomer,
  CallSubject,
  Catalog,
  CustomerId,
  Logger,
  SignReceipt,
} from '@tollgate/contract'
import type { Codec, Metering } from '@tollgate/metering'
import type { StreamSlots } from './stream-slots.ts'

/** Who pays, as the application knows it. */
export type Customer = {
  /** The user's own id, in any format; Flowglad's external id is `customerIdOf(id)`. */
  id: string
  /** The name by which clients say which account they show, such as an organization's id; default `id`. */
  account?: string
  name?: string | null
  email: string
  /** Whether the customer is a guest, who has not signed up yet; shown with its plan. */
  isGuest?: boolean
  /** Whether this user pays for the customer; other members of a team may spend its credits, but neither buy nor see invoices. */
  isOwner?: boolean
  /** Whether this user may make calls that cost credits; a viewer of a team may not (403). */
  maySpend?: boolean
  /** The acting user, if several share a customer; the limit on open streams applies to each of them. */
  userId?: string
  /** Aborted when the user's session, membership or key ends; this ends its balance streams. */
  until?: AbortSignal
  /** When the user's session, membership or key expires, in epoch milliseconds; its balance streams end then. */
  expiresAt?: number
}

/** A value, or a function that finds it in the result of `createContext`. */
export type FromContext<Ctx, Value> = Value | ((ctx: Ctx) => Value)

/** The options of billing beyond the tRPC root: `RootCtx` is the result of `createContext`, `Ctx` what the builder adds to it. */
export type BillingOptions<
  RootCtx,
  Ctx = RootCtx,
  Meter extends string = string,
  Feature extends string = string,
  Price extends string = string,
  Given = FromContext<RootCtx, Metering>,
> = {
  catalog: Catalog<Meter, Feature, Price>
  metering: Given
  /** Who pays for a call, or null when no one is signed in (401). */
  customer: (ctx: Ctx) => Customer | null | Promise<Customer | null>
  /** Who a call is made by or for, besides the customer: a member, an API key, a run and its ancestors. The limits of each apply. */
  subjects?: (ctx: Ctx) => readonly CallSubject[] | Promise<readonly CallSubject[]>
  /** The application's own origin, "https://studio.example", which a checkout returns to. Without it nothing can be bought. */
  publicUrl?: FromContext<RootCtx, string>
  /** Whether this caller may buy: an app store may forbid it. */
  mayBuy?: (ctx: RootCtx) => boolean
  /**
   * Accepts `X-Request-Id` if there is no `Idempotency-Key`. Use it only if clients send it themselves and repeat it on a retry: a proxy
   * that sets a new one per request makes every retry a second charge.
   */
  acceptRequestIdAsKey?: FromContext<RootCtx, boolean>
  /** Transforms the result of a billed call, including a replayed one, before it is sent; for parts that are sent separately. */
  present?: (output: unknown, operationId: string) => unknown
  /** Customers whose results this one also sees: the guests it was before it signed in. Only their results, not their credits. */
  guestsOf?: (
    ctx: RootCtx,
    customerId: CustomerId,
  ) => readonly CustomerId[] | Promise<readonly CustomerId[]>
  /** Signs the receipts of settled operations; unsigned without it. */
  signReceipt?: (ctx: RootCtx) => SignReceipt | undefined
  /** Limits how many balance streams one customer may have open at once. */
  streamSlots?: FromContext<RootCtx, StreamSlots>
  logger?: FromContext<RootCtx, Logger>
}

/** The options of a call, resolved for its context. */
export type CallServices = {
  catalog: Catalog
  metering: Metering
  publicUrl: string | null
  mayBuy: boolean
  acceptRequestIdAsKey: boolean
  present: (output: unknown, operationId: string) => unknown
  guestsOf: (customerId: CustomerId) => Promise<readonly CustomerId[]>
  signReceipt: SignReceipt | null
  /** How results are stored. */
  codec: Codec | null
  streamSlots: StreamSlots
  logger: Logger
}

/** Who makes a call. */
export type Caller = {
  customer: BillingCustomer
  isGuest: boolean
  isOwner: boolean
  maySpend: boolean
  /** Null if the customer is a single user. */
  userId: string | null
  until: AbortSignal | null
  /** `Infinity` if nothing expires. */
  expiresAt: number
  subjects: readonly CallSubject[]
}
