import type { BillingCustomer, CallOptions } from '@tollgate/contract'
import { z } from 'zod'
import type { SelfHostedContext } from './flowglad-context.ts'
import { whenNotFound } from './when-not-found.ts'
import { readAnswer } from './wire.ts'

const answerSchema = z.object({ openCheckouts: z.int().min(0) })

/** How many checkouts of a customer can still be paid; only our self-hosted backend reports it. */
export async function countOpenCheckouts(
  flowglad: SelfHostedContext,
  { customerId }: BillingCustomer,
  call?: CallOptions,
): Promise<number> {
  const path = `/api/v1/customers/${encodeURIComponent(customerId)}/open-checkouts`
  const what = 'the open checkouts of a customer'
  const answer = await flowglad.connection
    .read(what, (limits) => flowglad.api.get(path, limits), call)
    .catch(whenNotFound(() => ({ openCheckouts: 0 })))
  return readAnswer(answerSchema, answer, what).openCheckouts
}
