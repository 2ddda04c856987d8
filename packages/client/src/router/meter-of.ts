import type { BillingError } from '@tollgate/contract'
import type { AnyRouter } from '@trpc/server'

/** The meters of a router: those of its balances, or else those its billed procedures charge; any string when neither is known. */
export type MeterOf<Router extends AnyRouter> =
  string extends BalanceMeter<Router['_def']['record']>
    ? ChargedMeter<Router['_def']['record']>
    : BalanceMeter<Router['_def']['record']>

/** What billing answers instead of a result, with the meters of this router. */
export type BillingErrorOf<Router extends AnyRouter> = WithMeter<BillingError, MeterOf<Router>>

type WithMeter<Refusal, Meter> = Refusal extends { meter: string }
  ? Omit<Refusal, 'meter'> & { meter: Meter }
  : Refusal

/** Computed in one place, so that the compiler's effort does not grow with the number of procedures. */
type BalanceMeter<Procedures> = Procedures extends {
  billing: { balance: { _def: { $types: { output: { balances: readonly (infer Balance)[] } } } } }
}
  ? Balance extends { meter: infer Meter extends string }
    ? Meter
    : string
  : string

type ChargedMeter<Procedures> = [MetersIn<Procedures>] extends [never]
  ? string
  : MetersIn<Procedures> & string

type MetersIn<Procedures> = string extends keyof Procedures
  ? string
  : {
      [Name in keyof Procedures]: Procedures[Name] extends {
        meta: { billing: { charges: infer Charges } }
      }
        ? keyof Charges
        : Procedures[Name] extends { _def: object }
          ? never
          : MetersIn<Procedures[Name]>
    }[keyof Procedures]
