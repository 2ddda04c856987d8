import type { Receipt } from '@tollgate/contract'
import type { ReactNode } from 'react'
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
  /** How long the picture is kept. */
  kept?: ReactNode
  /** The earlier ones. */
  earlier?: ReactNode
}) {
  const { picture, receipt, pending, kept, earlier } = props
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
        kept={kept}
      />
      {earlier}
    </div>
  )
}

/** Whether a stored output is a picture, as every version has answered one. */
export function isPicture(output: unknown): output is Picture {
  return (
    typeof output === 'object' &&
    output !== null &&
    'url' in output &&
    'width' in output &&
    'height' in output &&
    'prompt' in output
  )
}
