import type { Receipt } from '@tollgate/contract'
import { ReceiptLine } from '../../components/billing/receipt-line.tsx'
import { buttonStyle } from '../../components/ui/button.tsx'
import { BusyCanvas, EmptyCanvas } from '../../components/ui/canvas.tsx'
import { DownloadIcon, QrIcon } from '../../components/ui/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Where the code appears. Shown as an image, so that nothing in it can run. */
export function QrCanvas(props: {
  svg: string | null
  text: string
  receipt: Receipt | null
  pending: boolean
}) {
  const { svg, text, receipt, pending } = props
  const { t } = useCopy()
  const source = svg ? `data:image/svg+xml,${encodeURIComponent(svg)}` : null
  return (
    <div className="grid gap-4">
      <div className="mx-auto aspect-square w-full max-w-88">
        {pending ? (
          <BusyCanvas label={t.qr.pending} />
        ) : source ? (
          <img
            src={source}
            width={352}
            height={352}
            alt={t.qr.alt(text)}
            className="rise size-full rounded-xl bg-white p-3"
          />
        ) : (
          <EmptyCanvas
            icon={<QrIcon className="size-6" />}
            title={t.qr.emptyTitle}
            text={t.qr.emptyText}
          />
        )}
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-3 empty:hidden">
        {receipt && !pending ? <ReceiptLine receipt={receipt} meter="api_calls" /> : null}
        {source && !pending ? (
          <a href={source} download="qr-code.svg" className={`${buttonStyle('secondary')} ml-auto`}>
            <DownloadIcon className="size-4" />
            {t.qr.download}
          </a>
        ) : null}
      </div>
    </div>
  )
}
