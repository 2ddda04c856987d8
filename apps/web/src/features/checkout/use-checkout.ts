import { trpc } from '../../connection/trpc.ts'
import { rememberCheckout } from './pending-checkout.ts'

/** Opens the hosted checkout and comes back to this very page. */
export function useCheckout(): {
  open: (priceSlug: string) => void
  /** The price whose checkout is being opened. */
  opening: string | null
  failed: boolean
} {
  const utils = trpc.useUtils()
  const checkout = trpc.billing.checkout.useMutation({
    onMutate() {
      const balances = utils.billing.balance.getData()?.balances ?? []
      rememberCheckout({
        path: location.pathname,
        planSlug: utils.billing.plan.getData()?.billing?.subscription?.planSlug ?? null,
        granted: Object.fromEntries(balances.map(({ meter, granted }) => [meter, granted])),
      })
    },
    onSuccess: ({ url }) => location.assign(url),
  })
  return {
    open: (priceSlug) => checkout.mutate({ priceSlug, returnTo: location.pathname }),
    opening: checkout.isPending || checkout.isSuccess ? checkout.variables.priceSlug : null,
    failed: checkout.isError,
  }
}
