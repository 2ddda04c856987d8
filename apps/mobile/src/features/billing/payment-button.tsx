import { trpc } from '../../connection/trpc.ts'
// Without a file extension, so that the bundler can pick the platform's file.
import { CHECKOUT_RETURN, openCheckout } from '../credits/open-checkout'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

/** Opens the hosted page to pay what is due or to change the payment method, then refetches the outcome. */
export function PaymentButton(props: {
  label: string
  purpose: 'open_invoice' | 'payment_method'
  kind?: 'primary' | 'plain'
}) {
  const { label, purpose, kind = 'primary' } = props
  const { billing } = trpc.useUtils()
  const payment = trpc.billing.openPayment.useMutation()
  const refresh = trpc.billing.refresh.useMutation()

  async function pay(): Promise<void> {
    const { url } = await payment.mutateAsync({ purpose, returnTo: CHECKOUT_RETURN })
    await openCheckout(url)
    billing.balance.setData(undefined, await refresh.mutateAsync())
    await Promise.all([billing.plan.invalidate(), billing.summary.invalidate()])
  }

  return (
    <>
      <Button
        label={label}
        kind={kind}
        busy={payment.isPending || refresh.isPending}
        // The mutation's state shows a failure.
        onPress={() => void pay().catch(() => {})}
      />
      {payment.isError ? (
        <Words tone="danger" alert>
          {copy.t.billing.payFailed}
        </Words>
      ) : null}
    </>
  )
}
