import type { ReceiptChunk } from '@tollgate/contract'
import type {
  TRPCMiddlewareBuilder,
  TRPCMiddlewareFunction,
  TRPCMutationProcedure,
  TRPCUnsetMarker,
} from '@trpc/server'
import type { BilledMeta } from './billed-meta.ts'
import type { BilledOperation } from './billed-operation.ts'
import type { Mistake } from './mistake.ts'
import type { ChargesOf, Checked, Identified, Price, SettleOf, Widened } from './price.ts'
import type { InputOf, OutputOf, Schema } from './schema.ts'

/**
 * tRPC's builder for a procedure that costs credits. Middleware before the price runs before the hold; middleware after it runs inside
 * the hold, where throwing charges nothing. There is no `.query()`, because clients repeat queries freely.
 *
 * @example
 * billed({ meter: 'ai_tokens', amount: 100, example: { text: 'hello' } })
 *   .input(z.object({ text: z.string() }))
 *   .mutation(({ input, signal }) => translator.translate(input.text, { signal }))
 *
 * @example
 * billed
 *   .input(z.object({ text: z.string().min(1) }))
 *   .price({ meter: 'ai_tokens', amount: ({ text }) => text.length, example: { text: 'hello' } })
 *   .mutation(({ input, signal }) => translator.translate(input.text, { signal }))
 */
export interface BilledProcedure<
  Meter extends string,
  Feature extends string,
  Ctx extends object,
  Meta extends object,
> extends UnpricedProcedure<Meter, Feature, Ctx, Meta, Unset, Unset, Unset, Unset> {
  /** Price first: its functions get the fields of the example, and `.input()` must provide them. */
  <const Example, const P extends Price<Meter, Feature, Widened<Example>, unknown>>(
    price: P & Checked<P> & { example: Example },
  ): PricedProcedure<Ctx, Meta, Unset, Unset, Unset, Unset, P, Widened<Example>>
}

/** A billed procedure that has no price yet. */
export interface UnpricedProcedure<
  Meter extends string,
  Feature extends string,
  Ctx extends object,
  Meta extends object,
  InputIn,
  InputOut,
  OutputIn,
  OutputOut,
> {
  /** Runs before the hold. */
  use<New extends object>(
    middleware:
      | TRPCMiddlewareFunction<Ctx, Meta, object, New, InputOut>
      | TRPCMiddlewareBuilder<Ctx, Meta, New, InputOut>,
  ): UnpricedProcedure<Meter, Feature, Over<Ctx, New>, Meta, InputIn, InputOut, OutputIn, OutputOut>
  input<S extends Schema>(
    schema: S,
  ): UnpricedProcedure<
    Meter,
    Feature,
    Ctx,
    Meta,
    Merged<InputIn, InputOf<S>>,
    Merged<InputOut, OutputOf<S>>,
    OutputIn,
    OutputOut
  >
  /** Validates the output before it is charged. */
  output<S extends Schema>(
    schema: S,
  ): UnpricedProcedure<Meter, Feature, Ctx, Meta, InputIn, InputOut, InputOf<S>, OutputOf<S>>
  meta(meta: Meta): this
  /** Sets the price; its functions get the parsed input. */
  price<const P extends Price<Meter, Feature, Given<InputOut>, Given<InputIn>>>(
    price: P & Checked<P>,
  ): PricedProcedure<Ctx, Meta, InputIn, InputOut, OutputIn, OutputOut, P, unknown>
  mutation(fix: 'Say what it costs first: .price({ meter, amount, example }).'): never
  query(fix: NoQuery): never
  subscription(fix: NoSubscription): never
}

/** A billed procedure that has its price. */
export interface PricedProcedure<
  Ctx extends object,
  Meta extends object,
  InputIn,
  InputOut,
  OutputIn,
  OutputOut,
  P,
  Needed,
> {
  /** Runs inside the hold, with `ctx.operation`; throwing charges nothing. */
  use<New extends object>(
    middleware:
      | TRPCMiddlewareFunction<Inside<Ctx, P>, Meta, object, New, InputOut>
      | TRPCMiddlewareBuilder<Inside<Ctx, P>, Meta, New, InputOut>,
  ): PricedProcedure<Over<Ctx, New>, Meta, InputIn, InputOut, OutputIn, OutputOut, P, Needed>
  input<S extends Schema>(
    schema: [OutputOf<S>] extends [Needed] ? S : PriceDoesNotFit,
  ): PricedProcedure<
    Ctx,
    Meta,
    Merged<InputIn, InputOf<S>>,
    Merged<InputOut, OutputOf<S>>,
    OutputIn,
    OutputOut,
    P,
    Needed
  >
  /** Validates the output before it is charged. */
  output<S extends Schema>(
    schema: S,
  ): PricedProcedure<Ctx, Meta, InputIn, InputOut, InputOf<S>, OutputOf<S>, P, Needed>
  meta(meta: Meta): this
  mutation<Result>(
    work: (
      options: BilledOptions<Ctx, Given<InputOut>, P>,
    ) => MaybePromise<
      OutputIn extends Unset ? Result & Identified<P, Result> : OutputIn & Identified<P, OutputOut>
    >,
  ): TRPCMutationProcedure<{
    input: InputIn extends Unset ? void : InputIn
    output: OutputOut extends Unset ? WithReceipt<Result> : OutputOut
    meta: Meta & BilledMeta<ChargesOf<P>, SettleOf<P>>
  }>
  query(fix: NoQuery): never
  subscription(fix: NoSubscription): never
}

/** The argument of the work. Throwing charges nothing. */
type BilledOptions<Ctx extends object, Input, P> = {
  input: Input
  ctx: Ctx
  /** Aborted at the deadline, when the caller disconnects, or when the hold is lost: pass it to everything that waits. */
  signal: AbortSignal
  /** The running operation; the work reports its usage to it if the price has `settle: 'reported'`. */
  operation: BilledOperation<P>
}

type Unset = TRPCUnsetMarker
type Merged<Before, Added> = Before extends Unset ? Added : Before & Added
type Given<T> = T extends Unset ? undefined : T
type Over<Before, New> = Omit<Before, keyof New> & New
type Inside<Ctx, P> = Ctx & { operation: BilledOperation<P> }
type MaybePromise<T> = T | Promise<T>

/** A billed stream ends with its receipt. */
type WithReceipt<Result> =
  Result extends AsyncGenerator<infer Chunk, infer Return, infer Next>
    ? AsyncGenerator<Chunk | ReceiptChunk, Return, Next>
    : Result

type PriceDoesNotFit =
  Mistake<'The price does not fit this input: its example and amount functions need what it does not have.'>
type NoQuery = 'A read that costs would be repeated freely: use .mutation().'
type NoSubscription = 'A subscription cannot be billed: let a .mutation() yield.'
