import type { BillingError } from '@tollgate/contract'
import type { AnyRouter } from '@trpc/server'

/** The meters that a router's billed procedures charge; any name where their types do not say. */
export type MeterOf<Router extends AnyRouter> = [MetersIn<Router['_def']['record']>] extends [never]
  ? string
  : MetersIn<Router['_def']['record']> & string

/** What billing answers instead of a result, with the meters of this router. */
export type BillingErrorOf<Router extends AnyRouter> = WithMeter<BillingError, MeterOf<Router>>

type WithMeter<Refusal, Meter> = Refusal extends { meter: string }
  ? Omit<Refusal, 'meter'> & { meter: Meter }
  : Refusal

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
