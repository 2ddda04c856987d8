import type { Receipt } from '@tollgate/contract'
import { ResultCanvas } from '../billed-call/result-canvas.tsx'
import { fileName } from '../billed-call/file-name.ts'
import { ImageIcon } from '../../components/icons.tsx'
import type { Outputs } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** A picture as the server answers it. */
export type Picture = Outputs['images']['generate']

/** Where the picture appears, above the earlier ones. */
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
      <ResultCanvas
        shape="aspect-[1200/630] w-full"
        pending={pending}
        pendingLabel={t.images.pending}
        empty={{
          icon: <ImageIcon className="size-6" />,
          title: t.images.emptyTitle,
          text: t.images.emptyText,
        }}
        picture={
          picture ? (
            <img
              src={picture.url}
              width={picture.width}
              height={picture.height}
              alt={t.images.alt(picture.prompt)}
              className="rise size-full rounded-xl bg-sunken object-contain"
            />
          ) : null
        }
        download={
          picture
            ? { href: picture.url, name: fileName(picture.prompt, 'png'), label: t.images.download }
            : null
        }
        receipt={receipt}
        meter="image_generations"
      />
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
              src={picture.url}
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
