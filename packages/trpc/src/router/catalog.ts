import type { Catalog } from '@tollgate/contract'
import type { TRPCRouterRecord } from '@trpc/server'
import { requestStateOf } from '../http/request-state.ts'
import { tariffDescriptionOf } from '../procedure/describe-tariff.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { offersOrNone } from './offers-or-none.ts'

/** What one call of a procedure costs on one meter. */
export type ProcedureCost = {
  path: string
  meter: string
  unit: string
  /** `hold` is null when it depends on the input. */
  cost: { kind: 'fixed'; amount: number } | { kind: 'variable'; hold: number | null }
}

/** What the procedures of the router cost, and what is for sale. */
export function catalog({ anyone }: BillingProcedures) {
  return anyone.query(async ({ ctx }) => ({
    /** Empty while what is for sale is unknown: what a call costs is known all the same. */
    offers: await offersOrNone(ctx.billing),
    procedures: costsOf(ctx.billing.catalog, requestStateOf(ctx)?.procedures ?? {}),
  }))
}

function costsOf({ meters }: Catalog, procedures: TRPCRouterRecord): ProcedureCost[] {
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const billing = tariffDescriptionOf(procedure)
    if (!billing) return []
    return billing.charges.map(({ meter, amount }): ProcedureCost => {
      const isFixed = billing.settle === 'hold' && amount !== null
      const cost = isFixed
        ? ({ kind: 'fixed', amount } as const)
        : ({ kind: 'variable', hold: amount } as const)
      return { path, meter, unit: meters[meter]?.unit ?? meter, cost }
    })
  })
}
