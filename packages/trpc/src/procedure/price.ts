import type { DeclaredCost } from '@tollgate/metering'
import type { Mistake } from './mistake.ts'

/** Credits of a meter's smallest unit: a whole number from 1, or computed from the parsed input. */
export type Amount<Input> = number | ((input: Input) => number | Promise<number>)

/** The least credits to start with, and the most to hold if available. */
export type Range<Input> = { most: Amount<Input>; least: Amount<Input> }

/**
 * What a billed procedure costs.
 * - `meter` and `amount: 1` or `amount: (input) => …`: charged when the work succeeds;
 * - `amount: { hold, settle: 'reported' }`: `hold` is held, what the work reports is charged;
 * - `amount: { hold: { most, least }, settle: 'reported' }`: starts if `least` is available, and holds what is available, up to `most`;
 * - `charges: { ai_tokens: 100, renders: 1 }`: several meters, all or nothing; with `settle: 'reported'` the amounts are holds.
 */
export type Price<Meter extends string, Feature extends string, Input, RawInput> =
  | OneMeter<Meter, Feature, Input, RawInput>
  | SeveralMeters<Meter, Feature, Input, RawInput>

/** Any price, for what works with it at run time. */
export type AnyPrice = Price<string, string, unknown, unknown>

interface Terms<Feature extends string, Input, RawInput> {
  /** A valid input; checked when the procedure is defined and used by its conformance tests. */
  example: AsReadonly<RawInput>
  /** Another valid input, for conformance tests that cannot derive one from the first. */
  otherExample?: AsReadonly<RawInput>
  /** The feature that the plan must include, or a function that returns the one this input needs; null for none. */
  feature?: Feature | ((input: Input) => Feature | null)
  /** The longest the work may take. */
  deadlineMs?: number
  /**
   * What makes two calls the same. `per_key` (default): the caller's `Idempotency-Key`. `per_input`: the input, and no key is needed; an
   * intentional repetition also gets the stored result. `{ result: (output) => output.id }`: the result; of two calls with the same
   * result, one is charged.
   */
  chargeOnce?: ChargeOnce
  /** Offers the procedure to agents as a tool: one sentence on what it does, shown to them next to its price. */
  tool?: string
  /**
   * The provider cost of its work, if the work does not report it per provider call. Stored with every charge, for the operator's
   * figures; no caller sees it.
   */
  cost?: DeclaredCost
  /** The part of the input that identifies a call, for inputs that cannot be compared by content. */
  fingerprint?: (input: Input) => unknown
}

/** What makes two calls the same. */
export type ChargeOnce = 'per_key' | 'per_input' | { result(output: unknown): string | number }

interface OneMeter<Meter extends string, Feature extends string, Input, RawInput> extends Terms<
  Feature,
  Input,
  RawInput
> {
  meter: Meter
  amount: Amount<Input> | { hold: Amount<Input> | Range<Input>; settle: 'reported' }
  charges?: never
  settle?: never
}

interface SeveralMeters<
  Meter extends string,
  Feature extends string,
  Input,
  RawInput,
> extends Terms<Feature, Input, RawInput> {
  charges: { readonly [Slug in Meter]?: Amount<Input> }
  settle?: 'reported'
  meter?: never
  amount?: never
}

/** What an amount function may rely on when only the example is known: its fields, not their values. */
export type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Item)[]
        ? Widened<Item>[]
        : T extends object
          ? { -readonly [Key in keyof T]: Widened<T[Key]> }
          : T

/** What a price must satisfy beyond its shape. */
export type Checked<P> = {
  [Key in keyof P]: Key extends Field
    ? Key extends 'amount'
      ? P[Key] extends { hold: infer Hold }
        ? {
            hold: Hold extends { most: infer Most; least: infer Least }
              ? { most: Whole<Most>; least: Whole<Least> }
              : Whole<Hold>
          }
        : Whole<P[Key]>
      : Key extends 'charges'
        ? [keyof P[Key]] extends [never]
          ? Mistake<'Name at least one meter.'>
          : { [Meter in keyof P[Key]]: Whole<P[Key][Meter]> }
        : unknown
    : Mistake<`A price has no field "${Key & string}".`>
}

/** Whether the work reports its usage, or the held amount is the price. */
export type SettleOf<P> = P extends { settle: 'reported' } | { amount: { settle: 'reported' } }
  ? 'reported'
  : 'hold'

/** What the work must return if its price is charged once per result. */
export type Identified<P, Result> = P extends {
  chargeOnce: { result: (output: infer Known) => unknown }
}
  ? Result extends AsyncIterable<unknown>
    ? Mistake<"A stream has no result to be charged once by: leave chargeOnce out, or use 'per_input'.">
    : [Result] extends [Known]
      ? unknown
      : Mistake<'chargeOnce.result() needs what this work does not return.'>
  : unknown

/** What a price charges, unless it depends on the input. */
export type ChargesOf<P> = P extends { meter: infer Meter extends string; amount: infer A }
  ? {
      [_ in Meter]: A extends number
        ? A
        : A extends { hold: infer H }
          ? Known<H extends { most: infer Most } ? Most : H>
          : number
    }
  : P extends { charges: infer Charges }
    ? { [Meter in keyof Charges]: Known<Charges[Meter]> }
    : never

type Known<A> = A extends number ? A : number

type Field =
  | keyof OneMeter<string, string, unknown, unknown>
  | keyof SeveralMeters<string, string, unknown, unknown>

type Whole<N> = N extends number
  ? number extends N
    ? unknown
    : `${N}` extends '0' | `-${string}` | `${string}.${string}` | `${string}e-${string}`
      ? Mistake<'An amount is a whole number from 1.'>
      : unknown
  : unknown

/** Examples are written as literals, whose arrays are readonly. */
type AsReadonly<T> = T extends readonly (infer Item)[]
  ? readonly AsReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: AsReadonly<T[Key]> }
    : T
