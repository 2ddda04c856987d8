import type { BillingCustomer, ReceiptChunk } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import type { TRPCMutationProcedure } from '@trpc/server'
import type { z } from 'zod'
import type { Context } from './context.ts'
import type { Addressed } from './results/address-file.ts'
import type { MeterOf, OnlyPriceFields, Price, SettleOf } from './price.ts'
import type { Meta } from './trpc.ts'

/** A billed procedure that has its price; there is no `.query()`, because a read that costs would be repeated freely. */
export interface PricedBuilder<P, Output extends z.ZodType | null> {
  /** Says what goes in; price and example must fit it. */
  input<Schema extends z.ZodType>(
    schema: P extends Price<z.output<Schema>, z.input<Schema>> ? Schema : PriceMismatch,
  ): BilledBuilder<P, Schema, Output>
  /** Checks what comes out, before it is charged. */
  output<Schema extends z.ZodType>(schema: Schema): PricedBuilder<P, Schema>
  mutation<Result>(
    resolver: Resolver<P, undefined, Output, Result>,
  ): BilledMutation<void, Output, Result>
}

/** A billed procedure that has price and input. */
interface BilledBuilder<P, Input extends z.ZodType, Output extends z.ZodType | null> {
  output<Schema extends z.ZodType>(schema: Schema): BilledBuilder<P, Input, Schema>
  mutation<Result>(
    resolver: Resolver<P, z.output<Input>, Output, Result>,
  ): BilledMutation<z.input<Input>, Output, Result>
}

/** A billed procedure that has its input and no price yet: its amount functions see the parsed input. */
export interface UnpricedBuilder<Input extends z.ZodType> {
  price<const P extends Price<z.output<Input>, z.input<Input>>>(
    price: P & OnlyPriceFields<P>,
  ): BilledBuilder<P, Input, null>
}

/** What the work is given. Throwing charges nothing. */
type BilledOptions<P, Input> = {
  input: Input
  ctx: Context & { customer: BillingCustomer }
  /** Aborted at the deadline, when the caller is gone, or when the hold was lost: hand it to everything that waits. */
  signal: AbortSignal
  /** The running operation; `report()` is there when the price says `settle: 'reported'`. */
  operation: Omit<RunningOperation, 'report'> &
    (SettleOf<P> extends 'reported' ? { report: Report<P> } : unknown)
}

/**
 * Says how much of a meter was used so far, in total (not the increment). Where several meters are charged it must be said which;
 * one that nothing is reported for costs its hold.
 */
type Report<P> = P extends { charges: readonly [unknown, unknown, ...unknown[]] }
  ? (amount: number, meter: MeterOf<P>) => void
  : (amount: number, meter?: MeterOf<P>) => void

type Resolver<P, Input, Output extends z.ZodType | null, Result> = (
  options: BilledOptions<P, Input>,
) => MaybePromise<Output extends z.ZodType ? z.input<Output> : Result>

type BilledMutation<Input, Output extends z.ZodType | null, Result> = TRPCMutationProcedure<{
  input: Input
  output: Output extends z.ZodType ? z.output<Output> : WithReceipt<Result>
  meta: Meta
}>

/** A billed stream ends with its receipt. */
type WithReceipt<Result> =
  Result extends AsyncGenerator<infer Chunk, infer Return, infer Next>
    ? AsyncGenerator<Chunk | ReceiptChunk, Return, Next>
    : Addressed<Result>

type PriceMismatch = "The price's example or one of its amount functions does not fit this input."

type MaybePromise<T> = T | Promise<T>
