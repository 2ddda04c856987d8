import type { Receipt } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { ReceiptLine } from '../billed-call/receipt-line.tsx'
import { BusyCanvas, EmptyCanvas } from '../../components/canvas.tsx'
import { TextIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CopyButton } from '../../components/copy-button.tsx'

/** Shows the summary as it streams. */
export function SummaryCanvas(props: {
  summary: string
  receipt: Receipt | null
  pending: boolean
  stopped: boolean
  /** How long the summary is stored. */
  kept?: ReactNode
  /** The earlier summaries. */
  earlier?: ReactNode
}) {
  return (
    <div className="grid gap-4">
      <Summary {...props} />
      {props.earlier}
    </div>
  )
}

function Summary(props: Parameters<typeof SummaryCanvas>[0]) {
  const { summary, receipt, pending, stopped, kept } = props
  const { t, f } = useCopy()
  const more = receipt?.more
  if (!summary && !pending) {
    return (
      <div className="grid min-h-64 gap-3">
        <EmptyCanvas
          icon={<TextIcon className="size-6" />}
          title={t.text.emptyTitle}
          text={t.text.emptyText}
        />
        {kept}
      </div>
    )
  }
  // Once words arrive, they show the progress.
  if (!summary) {
    return (
      <div className="grid min-h-64">
        <BusyCanvas label={t.text.pending} />
      </div>
    )
  }
  return (
    <div className="flex min-h-64 flex-col gap-5">
      <div
        aria-live="polite"
        aria-busy={pending}
        className="max-w-[65ch] flex-1 text-[1.0625rem] leading-relaxed"
      >
        <p className="whitespace-pre-wrap">
          {summary}
          {pending ? (
            <span
              aria-hidden
              className="ml-0.5 inline-block h-[1.1em] w-0.5 translate-y-0.5 animate-pulse bg-accent"
            />
          ) : null}
        </p>
        {stopped && !pending && !more ? (
          <p className="mt-3 text-sm text-muted">{t.text.stopped}</p>
        ) : null}
        {more ? (
          <p className="mt-3 text-sm text-muted">
            {t.results.ranOut(t.cost.fixed(f, more.meter, more.amount))}
          </p>
        ) : null}
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
        <div className="grid min-w-0 gap-0.5">
          {receipt ? <ReceiptLine receipt={receipt} meter="ai_tokens" /> : null}
          {pending ? null : kept}
        </div>
        {summary && !pending ? <CopyButton text={summary} /> : null}
      </div>
    </div>
  )
}
