import { trpc } from '../../connection/trpc.ts'
import { rememberCheckout } from './pending-checkout.ts'
import { useStandingNow } from './use-standing-now.ts'

/** Opens the hosted checkout, which returns to the current page. */
export function useCheckout(): {
  open: (priceSlug: string) => void
  /** The price whose checkout is being opened. */
  opening: string | null
  failed: boolean
} {
  const standingNow = useStandingNow()
  const checkout = trpc.billing.checkout.useMutation({
    onMutate: () => rememberCheckout({ ...standingNow(), path: location.pathname }),
    onSuccess: ({ url }) => location.assign(url),
  })
  const { lang } = document.documentElement
  return {
    open: (priceSlug) =>
      checkout.mutate({ priceSlug, returnTo: location.pathname, language: lang }),
    opening: checkout.isPending || checkout.isSuccess ? checkout.variables.priceSlug : null,
    failed: checkout.isError,
  }
}
