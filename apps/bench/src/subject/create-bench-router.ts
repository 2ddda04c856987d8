import { type BillingCustomer, OPERATION_KEY_HEADER } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { type BilledTrpcAnswer, readOperationKey, runBilledTrpc } from '@tollgate/metering/trpc'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { callNaively, type FlowgladAccess } from './naive-call.ts'

/** What a call brings along. */
export type BenchContext = {
  customer: BillingCustomer
  headers: Headers
  /** What the billed call of this request has to say in headers. */
  answers: BilledTrpcAnswer[]
}

/** The meter of everything that is measured for speed; nobody runs out of it. */
export const PLENTIFUL: string = 'api_calls'
/** The meter of which every customer has a hundred. */
const SCARCE: string = 'image_generations'

/** The same work three times: for free, billed by metering, billed the way the SDK's documentation shows. */
export function createBenchRouter({
  metering,
  flowglad,
}: {
  metering: Metering
  flowglad: FlowgladAccess
}) {
  const t = initTRPC.context<BenchContext>().create({ isDev: false })
  const procedure = t.procedure.input(z.object({ text: z.string().max(500) }))

  const billed = (meter: string) =>
    procedure
      .use(({ ctx, path, input, batchIndex, signal, next }) =>
        runBilledTrpc({
          metering,
          call: {
            customer: ctx.customer,
            procedure: path,
            key: readOperationKey(ctx.headers, batchIndex),
            input,
            charges: [{ meter, hold: 1 }],
            settle: 'hold',
            signal,
            collect: false,
          },
          next: (operation) => next({ ctx: { operation } }),
          onAnswer: (answer) => ctx.answers.push(answer),
        }),
      )
      .mutation(({ input }) => work(input))

  const naive = (meter: string) =>
    procedure.mutation(({ ctx, input }) =>
      callNaively(flowglad, {
        customer: ctx.customer,
        meter,
        key: ctx.headers.get(OPERATION_KEY_HEADER) ?? '',
        work: () => work(input),
      }),
    )

  return t.router({
    unbilled: procedure.mutation(({ input }) => work(input)),
    billed: billed(PLENTIFUL),
    billedScarce: billed(SCARCE),
    naive: naive(PLENTIFUL),
    naiveScarce: naive(SCARCE),
  })
}

/** Next to nothing, so that the price of billing is all there is to see: the worst case for every ratio. */
function work({ text }: { text: string }): { length: number } {
  return { length: text.length }
}
