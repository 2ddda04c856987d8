import {
  billingErrorOf,
  createClient,
  createIntentStore,
  createReplay,
  isBillingError,
  type MeterSlug,
  unreachable,
  webIntentStorage,
  withOperationKey,
} from '@tollgate/client'
import { createNativeClient } from '@tollgate/client/native'

export const client = createClient({ url: 'http://127.0.0.1:3000/trpc', getToken: () => null })
export const phone = createNativeClient({ url: 'http://127.0.0.1:3000/trpc', platform: 'ios' })

export async function draw(prompt: string): Promise<string> {
  const picture = await client.images.generate.mutate(withOperationKey({ prompt, style: 'paper' }))
  return picture.url
}

export async function left(meter: MeterSlug): Promise<number> {
  const { balances } = await client.billing.balance.query()
  return balances.find((balance) => balance.meter === meter)?.remaining ?? 0
}

export function explain(error: unknown): string {
  if (isBillingError(error, 'exhausted')) return `${error.data.billing.required} needed`
  const refusal = billingErrorOf(error)
  if (!refusal) return 'Something else went wrong.'
  switch (refusal.kind) {
    case 'not_signed_in':
    case 'key_missing':
    case 'key_invalid':
    case 'exhausted':
    case 'spend_cap':
    case 'not_in_plan':
    case 'in_progress':
    case 'hold_expired':
    case 'key_reused':
    case 'result_gone':
    case 'rate_limited':
    case 'billing_unavailable':
    case 'outcome_unknown':
    case 'unknown':
      return refusal.message
    default:
      return unreachable(refusal)
  }
}

export function keepClicks(storage: Storage) {
  const store = createIntentStore({
    storage: webIntentStorage(storage),
    owner: 'cus_one',
  })
  return createReplay({ store, client, onOutcome: (outcome) => console.log(outcome.kind) })
}
