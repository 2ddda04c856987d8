import { billingErrorOf, createTollgate, unreachable } from '@tollgate/client'
import type { AppRouter } from './router'
import { tollgate } from './tollgate'

const { client } = tollgate

// @ts-expect-error the streams are missing
createTollgate<AppRouter>({ url: '/trpc' })
// @ts-expect-error wrong input: the prompt must be a string
void client.images.generate.mutate({ prompt: 1 })
// @ts-expect-error wrong input: there is no such style
void client.images.generate.mutate({ prompt: 'a fox', style: 'oil' })
// @ts-expect-error there is no such procedure
void client.images.generated.mutate({})
// @ts-expect-error there is no such meter
export const useWrongMeter = () => tollgate.useBalance('image_generation')
// @ts-expect-error it is not billed
export const useFree = () => tollgate.useBilled((api) => api.billing.checkout)
// @ts-expect-error it streams its answer
export const useStream = () => tollgate.useBilled((api) => api.text.summarize)

export function incomplete(error: unknown): string {
  const refusal = billingErrorOf(error)
  switch (refusal?.kind) {
    case undefined:
      return ''
    case 'insufficient_credits':
      return refusal.upgradeUrl
    default:
      // @ts-expect-error the other kinds are missing
      return unreachable(refusal)
  }
}
