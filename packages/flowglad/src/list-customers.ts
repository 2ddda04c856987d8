import { type CallOptions, type CustomerPage, isCustomerId } from '@tollgate/contract'
import { z } from 'zod'
import type { SelfHostedContext } from './flowglad-context.ts'
import { readAnswer } from './wire.ts'

/** Flowglad's maximum page size. */
const PAGE_MAX = 100

const pageSchema = z.object({
  data: z.array(z.object({ externalId: z.string(), archived: z.boolean() })),
  nextCursor: z.string().optional(),
})

/** Lists customers, a page at a time; those with an invalid id are left out. */
export async function listCustomers(
  flowglad: SelfHostedContext,
  cursor: string | null,
  call?: CallOptions,
): Promise<CustomerPage> {
  const query = { cursor: cursor ?? undefined, limit: PAGE_MAX }
  const answer = await flowglad.connection.read(
    'the customers',
    (limits) => flowglad.api.get('/api/v1/customers', { ...limits, query }),
    call,
  )
  const { data, nextCursor } = readAnswer(pageSchema, answer, 'the customers')
  const customerIds = data
    .filter(({ archived }) => !archived)
    .map(({ externalId }) => externalId)
    .filter(isCustomerId)
  return { customerIds, nextCursor: nextCursor ?? null }
}
