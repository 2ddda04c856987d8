import { Link } from 'wouter'
import { buttonStyle } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { trpc } from '../connection/trpc.ts'
import { useCopy } from '../copy/copy-context.tsx'
import { InvoiceSheet } from '../features/billing/invoice-sheet.tsx'

/** One invoice, to read and to print. */
export function InvoicePage(props: { number: string; billedTo: string }) {
  const { t } = useCopy()
  const { data, isError } = trpc.billing.summary.useQuery()
  const invoice = data?.invoices.find(({ number }) => number === props.number)
  const missing = data && !invoice
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      {invoice ? (
        <InvoiceSheet invoice={invoice} billedTo={props.billedTo} />
      ) : (
        <h1 className="text-2xl">{t.billing.invoice(props.number)}</h1>
      )}
      {data || isError ? null : (
        <div aria-busy>
          <Skeleton className="h-96 w-full rounded-card" />
        </div>
      )}
      {missing || isError ? (
        <Notice
          tone={missing ? 'info' : 'warn'}
          title={missing ? t.billing.invoiceMissing : t.billing.unavailable}
          actions={
            <Link href="/billing" className={buttonStyle('secondary')}>
              {t.billing.backToBilling}
            </Link>
          }
        />
      ) : null}
    </div>
  )
}
