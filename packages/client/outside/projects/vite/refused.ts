import { billingErrorOf, createClient, unreachable, withOperationKey } from '@tollgate/client'
import { useBalance } from '@tollgate/client/react'

const client = createClient({ url: 'http://127.0.0.1:3000/trpc' })

// @ts-expect-error wrong input: a prompt is a text
void client.images.generate.mutate(withOperationKey({ prompt: 1 }))
// @ts-expect-error wrong input: there is no such style
void client.images.generate.mutate(withOperationKey({ prompt: 'a fox', style: 'oil' }))
// @ts-expect-error there is no such procedure
void client.images.generated.mutate({})
// @ts-expect-error there is no such meter
useBalance('image_generation')
// @ts-expect-error there is no such price
void client.billing.checkout.mutate({ priceSlug: 'pro', returnTo: '/' })

export function incomplete(error: unknown): string {
  const refusal = billingErrorOf(error)
  switch (refusal?.kind) {
    case undefined:
      return ''
    case 'exhausted':
      return refusal.upgradeUrl
    default:
      // @ts-expect-error the other kinds are missing
      return unreachable(refusal)
  }
}
