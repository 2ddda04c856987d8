import type { Invoice } from '@tollgate/contract'
import { Link } from 'wouter'
import { Card } from '../../components/card.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { InvoiceStatusLabel } from './invoice-status-label.tsx'
import { useLineText } from './use-line-text.ts'

/** Every invoice, each linked to its printable page. */
export function InvoiceList(props: { invoices: readonly Invoice[] | undefined }) {
  const { invoices } = props
  const { t } = useCopy()
  const { number, date, for: what, amount, status } = t.billing.columns
  return (
    <Card title={t.billing.invoices} flush>
      {invoices === undefined ? (
        <div className="px-5 pb-6 sm:px-6">
          <Skeleton className="h-24 w-full" />
        </div>
      ) : null}
      {invoices?.length === 0 ? (
        <p className="px-5 pb-6 text-muted sm:px-6">{t.billing.invoicesEmpty}</p>
      ) : null}
      {invoices && invoices.length > 0 ? (
        <table className="w-full border-t border-line text-sm">
          <thead className="sr-only">
            <tr>
              {[number, date, what, amount, status].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {invoices.map((invoice) => (
              <InvoiceRow key={invoice.number} invoice={invoice} />
            ))}
          </tbody>
        </table>
      ) : null}
    </Card>
  )
}

function InvoiceRow(props: { invoice: Invoice }) {
  const { number, issuedAt, currency, total, status, lines } = props.invoice
  const { t, f } = useCopy()
  const lineText = useLineText()
  return (
    <tr className="grid grid-cols-2 gap-x-4 px-5 py-2 tabular-nums sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_6rem_9rem] sm:items-center sm:px-6">
      <td>
        <Link
          href={`/billing/invoices/${encodeURIComponent(number)}`}
          aria-label={t.billing.invoice(number)}
          className="inline-flex min-h-11 max-w-full items-center font-medium underline underline-offset-4 [overflow-wrap:anywhere]"
        >
          {number}
        </Link>
      </td>
      <td className="flex items-center justify-end text-muted sm:justify-start">
        {f.date(issuedAt)}
      </td>
      <td className="min-w-0 text-muted max-sm:hidden">
        {lines.map(({ description }) => lineText(description)).join(', ')}
      </td>
      <td className="font-medium sm:text-right">{f.money(total, currency)}</td>
      <td className="min-w-0 text-right">
        <InvoiceStatusLabel status={status} />
      </td>
    </tr>
  )
}
