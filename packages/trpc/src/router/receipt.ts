import { type CustomerId, operationId, type OperationReceipt } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { callSubjects } from './call-subjects.ts'
import { presentResult } from './present-result.ts'
import { signOperation } from './sign-operation.ts'

/** One operation of the customer, or of the guest it was before, from its hold to its settlement; null when there is none. */
export function receipt({ signedIn }: BillingProcedures) {
  return signedIn
    .input(z.object({ operationId: z.uuid() }))
    .output(receiptAnswer)
    .query(async ({ ctx, input }) => {
      const { customer, metering, guestsOf, codec, present, signReceipt } = ctx.billing
      const wanted = { operationId: operationId(input.operationId), codec }
      const find = async (customerId: CustomerId) => {
        const found = await metering.receipt(customerId, wanted)
        return (
          found && {
            ...found,
            signed: signReceipt && signOperation(found, { customerId, signReceipt }),
          }
        )
      }
      const found =
        (await find(customer.customerId)) ??
        (await firstOf(await guestsOf(customer.customerId), find))
      if (!found?.result) return found
      const { keptUntil, ...stored } = found.result
      return { ...found, result: { keptUntil, ...presentResult(stored, { ...wanted, present }) } }
    })
}

async function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Promise<Found | null>,
): Promise<Found | null> {
  for (const item of items) {
    const found = await find(item)
    if (found !== null) return found
  }
  return null
}

const operationReceipt: z.ZodType<OperationReceipt & { signed: string | null }> = z.object({
  operationId: z.string(),
  procedure: z.string(),
  state: z.enum(['executing', 'settled', 'voided', 'expired']),
  attempt: z.number(),
  charges: z.array(
    z.object({
      meter: z.string(),
      held: z.number(),
      charged: z.number(),
      balanceAfter: z.number().nullable(),
    }),
  ),
  startedAt: instantSchema,
  heldAt: instantSchema,
  endedAt: instantSchema.nullable(),
  chargedBy: z.string().nullable(),
  subjects: callSubjects,
  signed: z
    .string()
    .nullable()
    .describe('The receipt as a JSON Web Signature, once the operation has settled'),
  result: z
    .object({
      output: z.unknown(),
      streamed: z.boolean(),
      complete: z.boolean(),
      keptUntil: instantSchema,
    })
    .nullable(),
})

const receiptAnswer = operationReceipt
  .nullable()
  .describe(
    'One operation of the caller from its hold to its settlement, with its result while kept',
  )
