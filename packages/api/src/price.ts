import type { FeatureSlug, MeterSlug } from '@tollgate/contract/catalog'
import type { UnavailablePolicy } from '@tollgate/metering'

/** Credits of a meter's smallest unit: a whole number from 1, or computed from the parsed input. */
export type Amount<Input> = number | ((input: Input) => number | Promise<number>)

/**
 * What a billed procedure costs.
 * - `amount: 1` or `amount: (input) => …`: charged when the work succeeds;
 * - `amount: { hold, settle: 'reported' }`: `hold` is set aside, what the work reports is charged;
 * - `charges: [{ meter, amount }, …]`: several meters, all or nothing; with `settle: 'reported'` the amounts are holds.
 */
export type Price<Input, RawInput> = Terms<Input> & {
  /** An input that works; checked when the procedure is defined and used by its conformance tests. */
  example: AsReadonly<RawInput>
  /** Another input that works, for a conformance test that cannot make one from the first. */
  otherExample?: AsReadonly<RawInput>
  /** What the plan must switch on, or which of it this input needs; null for none. */
  feature?: FeatureSlug | ((input: Input) => FeatureSlug | null)
  /** What happens while billing cannot answer; refused with 503 unless it says otherwise. */
  whenUnavailable?: UnavailablePolicy
  /** The longest the work may take. */
  deadlineMs?: number
}

/** Any price, before its input is known. */
export type AnyPrice = Price<never, unknown>

/** Whether the work says what it used, or the held amount is the price. */
export type SettleOf<P> = P extends { settle: 'reported' } | { amount: { settle: 'reported' } }
  ? 'reported'
  : 'hold'

/** The meters that a price charges. */
export type MeterOf<P> = P extends { charges: readonly { meter: infer Meter }[] }
  ? Meter
  : P extends { meter: infer Meter }
    ? Meter
    : never

/** Makes a misspelt field of a price a compile error. */
export type OnlyPriceFields<P> = { [Field in Exclude<keyof P, PriceField>]: NoFieldOfAPrice<Field> }

type NoFieldOfAPrice<Field> = { readonly isNoFieldOfAPrice: Field }

type PriceField = keyof OneMeter<never> | keyof ManyMeters<never> | keyof Price<never, unknown>

type Terms<Input> = OneMeter<Input> | ManyMeters<Input>

type OneMeter<Input> = {
  meter: MeterSlug
  amount: Amount<Input> | { hold: Amount<Input>; settle: 'reported' }
  charges?: undefined
  settle?: undefined
}

type ManyMeters<Input> = {
  charges: readonly [Charge<Input>, ...Charge<Input>[]]
  settle?: 'reported'
  meter?: undefined
  amount?: undefined
}

type Charge<Input> = { meter: MeterSlug; amount: Amount<Input> }

/** Examples are written as literals, whose arrays are readonly. */
type AsReadonly<T> = T extends readonly (infer Item)[]
  ? readonly AsReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: AsReadonly<T[Key]> }
    : T
