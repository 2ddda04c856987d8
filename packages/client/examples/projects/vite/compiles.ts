import {
  billingErrorOf,
  createIntentStore,
  createReplay,
  createTollgate,
  isBillingError,
  type MeterOf,
  type ReplayOutcome,
  unreachable,
  webIntentStorage,
} from '@tollgate/client'
import type { AppRouter } from './router'

const phone = createTollgate<AppRouter>({
  url: 'http://127.0.0.1:3000/trpc',
  streams: { 'text.summarize': true },
  platform: 'ios',
  stream: false,
})

export async function draw(prompt: string): Promise<string> {
  const { output } = await phone.submit((api) => api.images.generate, { prompt, style: 'paper' })
  return output.url
}

export async function left(meter: MeterOf<AppRouter>): Promise<number> {
  const { balances } = await phone.client.billing.balance.query()
  return balances.find((balance) => balance.meter === meter)?.remaining ?? 0
}

export function explain(error: unknown): string {
  if (isBillingError(error, 'insufficient_credits')) return `${error.data.billing.required} needed`
  const refusal = billingErrorOf(error)
  if (!refusal) return 'Something else went wrong.'
  switch (refusal.kind) {
    case 'not_signed_in':
    case 'key_missing':
    case 'key_invalid':
    case 'insufficient_credits':
    case 'spend_cap':
    case 'limit':
    case 'not_in_plan':
    case 'not_permitted':
    case 'account_changed':
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

export function keepClicks(storage: Storage, onOutcome: (outcome: ReplayOutcome) => void) {
  const intents = createIntentStore({ storage: webIntentStorage(storage), owner: 'cus_one' })
  const tollgate = createTollgate<AppRouter>({
    url: '/trpc',
    streams: { 'text.summarize': true },
    intents,
  })
  return createReplay({ tollgate, onOutcome })
}
