import { useLocation } from 'wouter'
import { trpc } from '../../connection/trpc.ts'
import { rememberCheckout } from '../checkout/pending-checkout.ts'
import { useStandingNow } from '../checkout/use-standing-now.ts'

type Purpose = 'open_invoice' | 'payment_method'

/** The pages that say on return what became of a payment; from any other one comes back to the billing page. */
const RETURNS = ['/', '/summarise', '/qr', '/plans', '/billing']

/** Opens the hosted page where an unpaid invoice is paid or the payment method is changed, and comes back to where one was. */
export function usePayment(): {
  open: (purpose: Purpose) => void
  opening: Purpose | null
  failed: boolean
} {
  const [path] = useLocation()
  const returnTo = RETURNS.includes(path) ? path : '/billing'
  const standingNow = useStandingNow()
  const payment = trpc.billing.openPayment.useMutation({
    onMutate: ({ purpose }) => rememberCheckout({ ...standingNow(), path: returnTo, purpose }),
    onSuccess: ({ url }) => location.assign(url),
  })
  const { lang } = document.documentElement
  return {
    open: (purpose) => payment.mutate({ purpose, returnTo, language: lang }),
    opening: payment.isPending || payment.isSuccess ? payment.variables.purpose : null,
    failed: payment.isError,
  }
}
