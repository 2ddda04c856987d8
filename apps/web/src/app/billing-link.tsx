import { Link, useRoute } from 'wouter'
import { InvoiceIcon } from '../components/icons.tsx'
import { useCopy } from '../copy/copy-context.tsx'

/** Leads to plan, payment method and invoices; placed beside the account, because it is not a tool. */
export function BillingLink() {
  const { t } = useCopy()
  const [here] = useRoute('/billing')
  return (
    <Link
      href="/billing"
      aria-current={here ? 'page' : undefined}
      className="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-control px-2 text-sm font-medium text-muted hover:bg-sunken hover:text-ink aria-[current=page]:text-ink"
    >
      <InvoiceIcon />
      <span className="max-lg:sr-only">{t.billing.title}</span>
    </Link>
  )
}
