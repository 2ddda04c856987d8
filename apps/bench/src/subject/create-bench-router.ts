import { type BillingCustomer, OPERATION_KEY_HEADER } from '@tollgate/contract'
import { catalog, type MeterSlug } from '@tollgate/contract/catalog'
import type { Metering } from '@tollgate/metering'
import { billingErrors, createBilling } from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { callNaively, type FlowgladAccess } from './naive-call.ts'

/** The context of a call. */
export type BenchContext = {
  customer: BillingCustomer
  headers: Headers
}

/** The meter of all speed measurements, which never runs out. */
export const PLENTIFUL: MeterSlug = 'api_calls'
/** The meter of which every customer has a hundred credits. */
const SCARCE: MeterSlug = 'image_generations'

/** The same work three times: free, billed by metering, and billed as in the SDK's documentation. */
export function createBenchRouter({
  metering,
  flowglad,
}: {
  metering: Metering
  flowglad: FlowgladAccess
}) {
  const t = initTRPC.context<BenchContext>().create({ isDev: false, errorFormatter: billingErrors })
  const input = z.object({ text: z.string().max(500) })
  const procedure = t.procedure.input(input)
  const billing = createBilling({
    t,
    catalog,
    metering,
    customer: ({ customer: { customerId: id, name, email } }) => ({ id, name, email }),
  })

  const billed = (meter: MeterSlug) =>
    billing
      .procedure({ meter, amount: 1, example: { text: '' } })
      .input(input)
      .mutation(({ input: { text } }) => work({ text }))

  const naive = (meter: MeterSlug) =>
    procedure.mutation(({ ctx, input: given }) =>
      callNaively(flowglad, {
        customer: ctx.customer,
        meter,
        key: ctx.headers.get(OPERATION_KEY_HEADER) ?? '',
        work: () => work(given),
      }),
    )

  const router = t.router({
    unbilled: procedure.mutation(({ input: given }) => work(given)),
    billed: billed(PLENTIFUL),
    billedScarce: billed(SCARCE),
    naive: naive(PLENTIFUL),
    naiveScarce: naive(SCARCE),
  })
  return { router, billing }
}

/** Almost no work, so that only the cost of billing is measured: the worst case for every ratio. */
function work({ text }: { text: string }): { length: number } {
  return { length: text.length }
}
