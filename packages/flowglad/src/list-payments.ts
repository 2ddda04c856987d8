import type { CallOptions, PaymentPage } from '@tollgate/contract'
import { z } from 'zod'
import type { SelfHostedContext } from './flowglad-context.ts'
import { readAnswer } from './wire.ts'

/** Flowglad's maximum page size. */
const PAGE_MAX = 100

const pageSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      reason: z.string(),
      status: z.enum(['pending', 'succeeded', 'failed', 'refunded']),
      amount: z.number(),
      refundedAmount: z.number(),
      currency: z.string(),
      createdAt: z.number(),
    }),
  ),
  nextCursor: z.string().optional(),
})

/** Lists payments, a page at a time, newest first. */
export async function listPayments(
  flowglad: SelfHostedContext,
  cursor: string | null,
  call?: CallOptions,
): Promise<PaymentPage> {
  const query = { cursor: cursor ?? undefined, limit: PAGE_MAX }
  const answer = await flowglad.connection.read(
    'the payments',
    (limits) => flowglad.api.get('/api/v1/payments', { ...limits, query }),
    call,
  )
  const { data, nextCursor } = readAnswer(pageSchema, answer, 'the payments')
  return {
    payments: data.map(({ createdAt, ...payment }) => ({ ...payment, at: createdAt })),
    nextCursor: nextCursor ?? null,
  }
}
