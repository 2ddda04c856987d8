import type { Invoice } from '@tollgate/contract'
import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { BrandMark } from '../../components/brand-mark.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { InvoiceStatusLabel } from './invoice-status-label.tsx'
import { useLineText } from './use-line-text.ts'

/** One invoice for print; screen-only parts are left out on paper. */
export function InvoiceSheet(props: { invoice: Invoice; billedTo: string }) {
  const { number, issuedAt, status, currency, total, pdfUrl } = props.invoice
  const { t, f } = useCopy()
  return (
    <>
      <article
        aria-labelledby="invoice"
        className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-8 print:border-0 print:p-0 print:shadow-none"
      >
        <header className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <h1 id="invoice" className="text-2xl [overflow-wrap:anywhere]">
              {t.billing.invoice(number)}
            </h1>
            <p className="mt-1 text-muted">{f.dateTime(issuedAt)}</p>
          </div>
          <span className="flex items-center gap-2.5 font-semibold">
            <BrandMark className="size-8" />
            {t.brand}
          </span>
        </header>
        <dl className="mt-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
          <dt className="text-muted">{t.billing.billedTo}</dt>
          <dd className="[overflow-wrap:anywhere]">{props.billedTo}</dd>
          <dt className="text-muted">{t.billing.columns.status}</dt>
          <dd>
            <InvoiceStatusLabel status={status} />
          </dd>
        </dl>
        <Lines invoice={props.invoice} />
        <p className="mt-4 flex justify-between gap-4 text-lg font-semibold tabular-nums">
          <span>{t.billing.total}</span>
          <span>{f.money(total, currency)}</span>
        </p>
      </article>
      <div className="flex flex-wrap gap-2 print:hidden">
        <Button look="primary" onClick={() => print()}>
          {t.billing.print}
        </Button>
        {pdfUrl ? (
          <a href={pdfUrl} className={buttonStyle('secondary')}>
            {t.billing.pdf}
          </a>
        ) : null}
        <Link href="/billing" className={buttonStyle('quiet')}>
          {t.billing.backToBilling}
        </Link>
      </div>
    </>
  )
}

function Lines(props: { invoice: Invoice }) {
  const { lines, currency } = props.invoice
  const { t, f } = useCopy()
  const lineText = useLineText()
  return (
    <table
      aria-labelledby="invoice"
      className="mt-6 w-full table-fixed border-b border-line tabular-nums"
    >
      <thead>
        <tr className="border-b border-line text-left text-sm text-muted">
          <th scope="col" className="py-2 font-medium [overflow-wrap:anywhere]">
            {t.billing.description}
          </th>
          <th
            scope="col"
            className="w-1/4 px-3 py-2 text-right font-medium [overflow-wrap:anywhere]"
          >
            {t.billing.quantity}
          </th>
          <th scope="col" className="w-1/4 py-2 text-right font-medium [overflow-wrap:anywhere]">
            {t.billing.columns.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ description, quantity, unitPrice }) => (
          <tr key={description}>
            <td className="py-2.5 [overflow-wrap:anywhere]">{lineText(description)}</td>
            <td className="px-3 py-2.5 text-right">{f.number(quantity)}</td>
            <td className="py-2.5 text-right">{f.money(unitPrice * quantity, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
