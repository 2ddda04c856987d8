import { useLocation } from 'wouter'
import { trpc } from '../../connection/trpc.ts'
import { rememberCheckout } from '../checkout/pending-checkout.ts'
import { useStandingNow } from '../checkout/use-standing-now.ts'

type Purpose = 'open_invoice' | 'payment_method'

/** Pages that show a payment's outcome on return; from all others, the user returns to the billing page. */
const RETURNS = ['/', '/summarise', '/qr', '/plans', '/billing']

/** Opens the hosted page where an unpaid invoice is paid or the payment method is changed, and returns to the current page. */
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
