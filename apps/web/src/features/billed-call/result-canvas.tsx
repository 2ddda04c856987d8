import type { Receipt } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { buttonStyle } from '../../components/button.tsx'
import { BusyCanvas, EmptyCanvas } from '../../components/canvas.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { ReceiptLine } from './receipt-line.tsx'

/** Shows a result picture of any kind, with its cost and a download. */
export function ResultCanvas(props: {
  /** Its aspect ratio; the same before, during and after the call. */
  shape: string
  pending: boolean
  pendingLabel: string
  empty: { icon: ReactNode; title: string; text: string }
  /** Null while there is nothing to show. */
  picture: ReactNode | null
  download: { href: string; name: string; label: string } | null
  receipt: Receipt | null
  meter: string
  /** How long it is stored. */
  kept?: ReactNode
}) {
  const { shape, pending, pendingLabel, empty, picture, download, receipt, meter, kept } = props
  return (
    <>
      <div className={shape}>
        {pending ? <BusyCanvas label={pendingLabel} /> : (picture ?? <EmptyCanvas {...empty} />)}
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-3 empty:hidden">
        {pending ? null : (
          <div className="grid min-w-0 gap-0.5 empty:hidden">
            {receipt ? <ReceiptLine receipt={receipt} meter={meter} /> : null}
            {kept}
          </div>
        )}
        {download && !pending ? (
          <a
            href={download.href}
            download={download.name}
            className={`${buttonStyle('secondary')} ml-auto`}
          >
            <DownloadIcon className="size-4" />
            {download.label}
          </a>
        ) : null}
      </div>
    </>
  )
}
