import type { Receipt } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { fileName } from '../billed-call/file-name.ts'
import { ResultCanvas } from '../billed-call/result-canvas.tsx'
import { svgSource } from '../results/result-preview.tsx'
import { buttonStyle } from '../../components/button.tsx'
import { DownloadIcon, QrIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Shows the code, as an image, so that no script in it can run. */
export function QrCanvas(props: {
  svg: string | null
  /** The URL of the PNG. */
  png: string | null
  text: string
  receipt: Receipt | null
  pending: boolean
  /** How long the code is stored. */
  kept?: ReactNode
  /** The earlier codes. */
  earlier?: ReactNode
}) {
  const { svg, png, text, receipt, pending, kept, earlier } = props
  const { t } = useCopy()
  const source = svg ? svgSource(svg) : null
  return (
    <div className="grid gap-4">
      <ResultCanvas
        shape="mx-auto aspect-square w-full max-w-88"
        pending={pending}
        pendingLabel={t.qr.pending}
        empty={{
          icon: <QrIcon className="size-6" />,
          title: t.qr.emptyTitle,
          text: t.qr.emptyText,
        }}
        picture={
          source ? (
            <img
              src={source}
              width={352}
              height={352}
              alt={t.qr.alt(text)}
              className="rise size-full rounded-xl bg-white p-3"
            />
          ) : null
        }
        download={
          source
            ? { href: source, name: fileName(`qr ${text}`, 'svg'), label: t.qr.download }
            : null
        }
        receipt={receipt}
        meter="api_calls"
        kept={kept}
      />
      {png && !pending ? (
        <a
          href={png}
          download={fileName(`qr ${text}`, 'png')}
          className={`${buttonStyle('secondary')} ml-auto`}
        >
          <DownloadIcon className="size-4" />
          {t.qr.downloadPng}
        </a>
      ) : null}
      {earlier}
    </div>
  )
}
