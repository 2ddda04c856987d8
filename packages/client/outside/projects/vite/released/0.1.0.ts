// What an app written against 0.1.0 does. Never edited: a later release has to compile it as it stands.
import {
  billingErrorOf,
  createClient,
  createIntentStore,
  createReplay,
  isBillingError,
  type IntentStoreStorage,
  leavesOutcomeOpen,
  newOperationKey,
  type Outputs,
  withOperationKey,
} from '@tollgate/client'
import { createNativeClient } from '@tollgate/client/native'
import {
  createTollgate,
  trpc,
  useBalance,
  useBilledMutation,
  useBilledStream,
  useTollgate,
} from '@tollgate/client/react'

const client = createClient({ url: '/trpc', getToken: async () => 'token', platform: 'web' })
export const phone = createNativeClient({ url: '/trpc', platform: 'android' })

export async function calls(): Promise<string[]> {
  const key = newOperationKey()
  const picture: Outputs['images']['generate'] = await client.images.generate.mutate(
    withOperationKey({ prompt: 'a fox', style: 'night', hd: true }, key),
  )
  const code = await client.tools.qrCode.mutate(withOperationKey({ text: 'once' }))
  const texts: string[] = [picture.mimeType, picture.dataUrl, code.svg]
  for await (const chunk of await client.text.summarize.mutate(
    withOperationKey({ text: 'long', sentences: 2 }),
  )) {
    texts.push(chunk.type === 'receipt' ? chunk.receipt.operationId : chunk.text)
  }
  const operation = await client.billing.operation.query({ key })
  const activity = await client.billing.activity.query({ limit: 10 })
  const catalog = await client.billing.catalog.query()
  const plan = await client.billing.plan.query()
  const checkout = await client.billing.checkout.mutate({ priceSlug: 'pro_monthly', returnTo: '/' })
  const refreshed = await client.billing.refresh.mutate()
  return [
    ...texts,
    operation?.state ?? 'unheard',
    ...activity.items.map((item) => `${item.procedure} ${item.amount} ${item.status}`),
    ...catalog.offers.map((offer) => offer.priceSlug),
    ...catalog.procedures.map((procedure) => procedure.path),
    plan.billing?.subscription?.planName ?? String(plan.isGuest),
    checkout.url,
    ...refreshed.balances.map(
      (balance) => `${balance.meter} ${balance.remaining} ${balance.resetsAt}`,
    ),
  ]
}

export function refusals(error: unknown): string {
  if (leavesOutcomeOpen(error)) return 'open'
  if (isBillingError(error, 'exhausted')) {
    const { required, availableBalance, upgradeUrl, actions, resetsAt } = error.data.billing
    return `${required} ${availableBalance} ${upgradeUrl} ${actions.length} ${resetsAt}`
  }
  const refusal = billingErrorOf(error)
  return refusal ? `${refusal.kind} ${refusal.message}` : 'other'
}

export function replays(storage: IntentStoreStorage, owner: string) {
  const intents = createIntentStore({ storage, owner })
  const tollgate = createTollgate({ url: '/trpc', intents })
  return createReplay({
    store: intents,
    client: tollgate.client,
    onOutcome(outcome) {
      if (outcome.kind === 'done') refusals(outcome.output)
    },
  })
}

export function useEverything(): string {
  const { client: own } = useTollgate()
  const balance = useBalance('ai_tokens').balance
  const generate = useBilledMutation(trpc.images.generate)
  const summary = useBilledStream<{ text: string }, { type: 'delta'; text: string }>(
    'text.summarize',
    (input, options) => own.text.summarize.mutate(input, options),
  )
  generate.submit({ prompt: 'a fox' })
  return `${balance?.state} ${generate.output?.dataUrl} ${generate.refusal?.kind} ${summary.chunks.length}`
}
