import type { DeclaredCost } from '@tollgate/metering'
import type { Mistake } from './mistake.ts'

/** Credits of a meter's smallest unit: a whole number from 1, or computed from the parsed input. */
export type Amount<Input> = number | ((input: Input) => number | Promise<number>)

/** Credits to begin with, and to hold where they are there. */
export type Range<Input> = { most: Amount<Input>; least: Amount<Input> }

/**
 * What a billed procedure costs.
 * - `meter` and `amount: 1` or `amount: (input) => …`: charged when the work succeeds;
 * - `amount: { hold, settle: 'reported' }`: `hold` is held, what the work reports is charged;
 * - `amount: { hold: { most, least }, settle: 'reported' }`: begins whenever `least` is there, and holds what is, up to `most`;
 * - `charges: { ai_tokens: 100, renders: 1 }`: several meters, all or nothing; with `settle: 'reported'` the amounts are holds.
 */
export type Price<Meter extends string, Feature extends string, Input, RawInput> =
  | OneMeter<Meter, Feature, Input, RawInput>
  | SeveralMeters<Meter, Feature, Input, RawInput>

/** Any price, for what works with it at run time. */
export type AnyPrice = Price<string, string, unknown, unknown>

interface Terms<Feature extends string, Input, RawInput> {
  /** An input that works; checked when the procedure is defined and used by its conformance tests. */
  example: AsReadonly<RawInput>
  /** Another input that works, for a conformance test that cannot make one from the first. */
  otherExample?: AsReadonly<RawInput>
  /** What the plan must switch on, or which of it this input needs; null for none. */
  feature?: Feature | ((input: Input) => Feature | null)
  /** The longest the work may take. */
  deadlineMs?: number
  /**
   * What makes two calls the same. `per_key` (default): the caller's `Idempotency-Key`. `per_input`: what it sent, and no key is
   * needed; a repetition that is meant gets the stored answer. `{ result: (output) => output.id }`: what came of it; of two calls that
   * come to the same, one is charged.
   */
  chargeOnce?: ChargeOnce
  /** Offers the procedure to agents as a tool; what it does, in a sentence that they read beside its price. */
  tool?: string
  /**
   * What its work costs us at a provider, where the work does not report it call by call. Stored with every charge, for the figures of
   * operators; no caller sees it.
   */
  cost?: DeclaredCost
  /** What of the input makes a call the same as another, for inputs that cannot be compared by content. */
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

/** What a price must keep to beyond its shape. */
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

/** Whether the work says what it used, or the held amount is the price. */
export type SettleOf<P> = P extends { settle: 'reported' } | { amount: { settle: 'reported' } }
  ? 'reported'
  : 'hold'

/** What the work of a price that is charged once per result has to return. */
export type Identified<P, Result> = P extends {
  chargeOnce: { result: (output: infer Known) => unknown }
}
  ? Result extends AsyncIterable<unknown>
    ? Mistake<"A stream has no result to be charged once by: leave chargeOnce out, or use 'per_input'.">
    : [Result] extends [Known]
      ? unknown
      : Mistake<'chargeOnce.result() needs what this work does not return.'>
  : unknown

/** What a price charges, where it does not depend on the input. */
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
