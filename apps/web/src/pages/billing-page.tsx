import { useCopy } from '../copy/copy-context.tsx'
import { BillingHome } from '../features/billing/billing-home.tsx'
import { CheckoutReturn } from '../features/checkout/checkout-return.tsx'

/** The plan, the payment method and the invoices. */
export function BillingPage() {
  const { t } = useCopy()
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <header>
        <h1 className="text-2xl sm:text-[1.75rem]">{t.billing.title}</h1>
        <p className="mt-1.5 text-muted">{t.billing.lead}</p>
      </header>
      <CheckoutReturn />
      <BillingHome />
    </div>
  )
}
