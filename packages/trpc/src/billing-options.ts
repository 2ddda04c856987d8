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

/** Who pays, in the words of the application. */
export type Customer = {
  /** The user's own id, whatever it looks like; Flowglad's external id is `customerIdOf` it. */
  id: string
  /** What clients call it when they name the account they show, as an organization's id; its `id` by default. */
  account?: string
  name?: string | null
  email: string
  /** Whether the customer has not signed up yet; shown with its plan. */
  isGuest?: boolean
  /** Whether this user pays for the customer; a member of a team who does not may spend its credits, but neither buy nor see invoices. */
  isOwner?: boolean
  /** Whether this user may make calls that cost credits; a viewer of a team may not (403). */
  maySpend?: boolean
  /** Who acts, where several users share a customer; open streams are limited for each of them. */
  userId?: string
  /** Ends the user's balance streams of this customer when it is aborted, because its session, its membership or its key has ended. */
  until?: AbortSignal
  /** When what the user is known by ends by itself, in milliseconds of the wall clock; its balance streams end then. */
  expiresAt?: number
}

/** A value, or how to find it in what `createContext` made. */
export type FromContext<Ctx, Value> = Value | ((ctx: Ctx) => Value)

/** The options of billing beyond the tRPC root: `RootCtx` is what `createContext` makes, `Ctx` what the builder adds to it. */
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
  /**
   * Whom a call is made by or for, besides the customer: a member, an API key, a run and those it was started from. Every limit
   * of each bounds it.
   */
  subjects?: (ctx: Ctx) => readonly CallSubject[] | Promise<readonly CallSubject[]>
  /** The application's own origin, "https://studio.example": where a checkout returns to. Without it nothing can be bought here. */
  publicUrl?: FromContext<RootCtx, string>
  /** Whether this caller may be sold something: an app store may forbid it. */
  mayBuy?: (ctx: RootCtx) => boolean
  /**
   * Takes `X-Request-Id` where there is no `Idempotency-Key`. Only where the clients send it themselves and repeat it on a retry: a
   * proxy that sets a new one per request turns every retry into a second charge.
   */
  acceptRequestIdAsKey?: FromContext<RootCtx, boolean>
  /** Changes the answer of a billed call before it is sent, a stored one too; for parts that are sent separately. */
  present?: (output: unknown, operationId: string) => unknown
  /** Customers whose results belong to this one as well: the guests it was before it signed in. Only their results, not their credits. */
  guestsOf?: (
    ctx: RootCtx,
    customerId: CustomerId,
  ) => readonly CustomerId[] | Promise<readonly CustomerId[]>
  /** Signs the receipts of settled operations; without it they are not signed. */
  signReceipt?: (ctx: RootCtx) => SignReceipt | undefined
  /** Limits how many balance streams one customer may have open at once. */
  streamSlots?: FromContext<RootCtx, StreamSlots>
  logger?: FromContext<RootCtx, Logger>
}

/** What a call needs of the options, found in its context. */
export type CallServices = {
  catalog: Catalog
  metering: Metering
  publicUrl: string | null
  mayBuy: boolean
  acceptRequestIdAsKey: boolean
  present: (output: unknown, operationId: string) => unknown
  guestsOf: (customerId: CustomerId) => Promise<readonly CustomerId[]>
  signReceipt: SignReceipt | null
  /** How answers are kept. */
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
  /** Null where the customer is one user. */
  userId: string | null
  until: AbortSignal | null
  /** Infinite where nothing ends by itself. */
  expiresAt: number
  subjects: readonly CallSubject[]
}
