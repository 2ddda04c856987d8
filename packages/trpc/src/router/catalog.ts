import type { Catalog, Offer } from '@tollgate/contract'
import type { TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import { requestStateOf } from '../http/request-state.ts'
import { priceDescriptionOf } from '../procedure/describe-price.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { offersOrNone } from './offers-or-none.ts'

/** What one call of a procedure costs on one meter. */
export type ProcedureCost<Meter extends string = string> = {
  path: string
  meter: Meter
  unit: string
  /** `hold` is null when it depends on the input. */
  cost: { kind: 'fixed'; amount: number } | { kind: 'variable'; hold: number | null }
}

/** The prices of the router's procedures, and what is for sale. */
export function catalog({ anyone }: BillingProcedures) {
  return anyone.output(catalogAnswer).query(async ({ ctx }) => ({
    offers: await offersOrNone(ctx.billing),
    procedures: costsOf(ctx.billing.catalog, requestStateOf(ctx)?.procedures ?? {}),
  }))
}

function costsOf({ meters }: Catalog, procedures: TRPCRouterRecord): ProcedureCost[] {
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const billing = priceDescriptionOf(procedure)
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

const offer: z.ZodType<Offer> = z.object({
  kind: z.enum(['plan', 'topup']),
  productSlug: z.string(),
  priceSlug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  unitPrice: z.number(),
  currency: z.string(),
  interval: z.enum(['month', 'year']).nullable(),
  isDefault: z.boolean(),
  grants: z.array(z.object({ meter: z.string(), amount: z.number(), renews: z.boolean() })),
  features: z.array(z.object({ slug: z.string(), name: z.string() })),
})

const procedureCost: z.ZodType<ProcedureCost> = z.object({
  path: z.string(),
  meter: z.string(),
  unit: z.string(),
  cost: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fixed'), amount: z.number() }),
    z.object({ kind: z.literal('variable'), hold: z.number().nullable() }),
  ]),
})

const catalogAnswer = z
  .object({
    /** Empty while the offers are unknown; the cost of calls is known in any case. */
    offers: z.array(offer),
    procedures: z.array(procedureCost),
  })
  .describe('What calls cost, and what is for sale')
