import { catalog, type MeterSlug } from '@tollgate/contract/catalog'
import type { TRPCRouterRecord } from '@trpc/server'
import { type Meta, publicProcedure } from '../trpc.ts'
import { offersOrNone } from './offers-or-none.ts'

/** What one call of a procedure costs on one meter. */
export type ProcedureCost = {
  path: string
  meter: MeterSlug
  unit: string
  /** `hold` is null when it depends on the input. */
  cost: { kind: 'fixed'; amount: number } | { kind: 'variable'; hold: number | null }
}

/** The catalog of these procedures: what they cost, and what is for sale. */
export function catalogOf(procedures: TRPCRouterRecord) {
  const costs = costsOf(procedures, [])
  return publicProcedure.query(async ({ ctx }) => ({
    /** Empty while what is for sale is unknown: what a call costs is known all the same. */
    offers: await offersOrNone(ctx),
    procedures: costs,
  }))
}

function costsOf(record: TRPCRouterRecord, parents: readonly string[]): ProcedureCost[] {
  return Object.entries(record).flatMap(([name, entry]) => {
    const path = [...parents, name]
    if (isRecord(entry)) return costsOf(entry, path)
    const { billing }: Meta = entry.meta ?? {}
    return billing ? describe(path.join('.'), billing) : []
  })
}

function describe(path: string, billing: NonNullable<Meta['billing']>): ProcedureCost[] {
  return billing.charges.map(({ meter, amount }) => ({
    path,
    meter,
    unit: catalog.meters[meter].unit,
    cost:
      billing.settle === 'hold' && amount !== null
        ? { kind: 'fixed', amount }
        : { kind: 'variable', hold: amount },
  }))
}

function isRecord(entry: TRPCRouterRecord[string]): entry is TRPCRouterRecord {
  return typeof entry !== 'function'
}
