import type { Receipt } from '@tollgate/contract'
import { ReceiptLine } from '../../components/billing/receipt-line.tsx'
import { buttonStyle } from '../../components/ui/button.tsx'
import { BusyCanvas, EmptyCanvas } from '../../components/ui/canvas.tsx'
import { DownloadIcon, ImageIcon } from '../../components/ui/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Picture } from './use-generate-image.ts'

/** Where the picture appears, with what it cost. */
export function ImageCanvas(props: {
  picture: Picture | undefined
  receipt: Receipt | null
  pending: boolean
  earlier: readonly Picture[]
}) {
  const { picture, receipt, pending, earlier } = props
  const { t } = useCopy()
  return (
    <div className="grid content-start gap-4">
      <div className="aspect-[1200/630] w-full overflow-hidden rounded-xl">
        {pending ? (
          <BusyCanvas label={t.images.pending} />
        ) : picture ? (
          <img
            src={picture.dataUrl}
            width={picture.width}
            height={picture.height}
            alt={t.images.alt(picture.prompt)}
            className="rise size-full bg-sunken object-contain"
          />
        ) : (
          <EmptyCanvas
            icon={<ImageIcon className="size-6" />}
            title={t.images.emptyTitle}
            text={t.images.emptyText}
          />
        )}
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-3 empty:hidden">
        {receipt && !pending ? <ReceiptLine receipt={receipt} meter="image_generations" /> : null}
        {picture && !pending ? (
          <a
            href={picture.dataUrl}
            download="tollgate.png"
            className={`${buttonStyle('secondary')} ml-auto`}
          >
            <DownloadIcon className="size-4" />
            {t.images.download}
          </a>
        ) : null}
      </div>
      {earlier.length > 0 ? <Earlier pictures={earlier} /> : null}
    </div>
  )
}

function Earlier(props: { pictures: readonly Picture[] }) {
  const { t } = useCopy()
  return (
    <section aria-label={t.images.recent} className="border-t border-line pt-4">
      <h2 className="mb-3 text-sm font-medium text-muted">{t.images.recent}</h2>
      <ul className="grid grid-cols-3 gap-2.5 sm:grid-cols-4">
        {props.pictures.map((picture, index) => (
          <li key={props.pictures.length - index}>
            <img
              src={picture.dataUrl}
              width={picture.width}
              height={picture.height}
              alt={t.images.alt(picture.prompt)}
              title={picture.prompt}
              className="aspect-[1200/630] w-full rounded-lg bg-sunken object-cover"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
