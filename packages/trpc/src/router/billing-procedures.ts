import type { Catalog } from '@tollgate/contract'
import { slugSchema } from '@tollgate/contract/schema'
import { initTRPC } from '@trpc/server'
import type { Caller, CallServices } from '../billing-options.ts'

// Used only for their types: the procedures are built on the application's own root.
const open = initTRPC.context<{ billing: CallServices }>().meta<object>().create()
const closed = initTRPC.context<{ billing: CallServices & Caller }>().meta<object>().create()

/** The application's builders with billing in their context: one for anyone, one for signed-in callers only. */
export type BillingBuilders = {
  anyone: typeof open.procedure
  signedIn: typeof closed.procedure
}

/** The builders of the billing router's procedures. */
export type BillingProcedures = ReturnType<typeof createBillingProcedures>

export function createBillingProcedures({ anyone, signedIn }: BillingBuilders, catalog: Catalog) {
  return {
    anyone,
    signedIn,
    /** A mutation that costs nothing, with the reason. */
    free: (reason: string) => signedIn.meta({ free: reason }),
    meter: slugSchema(catalog.meters),
    price: slugSchema(catalog.prices),
  }
}
