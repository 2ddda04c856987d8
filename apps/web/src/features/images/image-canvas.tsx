import type { Receipt } from '@tollgate/contract'
import type { CardSize } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { ResultCanvas } from '../billed-call/result-canvas.tsx'
import { fileName } from '../billed-call/file-name.ts'
import { ImageIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { type Card, sizeOf } from './card.ts'

/** Shows the card above the earlier ones. */
export function ImageCanvas(props: {
  picture: Card | undefined
  /** The aspect ratio while there is no picture. */
  size: CardSize
  receipt: Receipt | null
  pending: boolean
  /** The seed, and a button for another variation. */
  variation?: ReactNode
  /** How long it is stored. */
  kept?: ReactNode
  /** The earlier cards. */
  earlier?: ReactNode
}) {
  const { picture, size, receipt, pending, variation, kept, earlier } = props
  const { t } = useCopy()
  return (
    <div className="grid content-start gap-4">
      <ResultCanvas
        shape={SHAPES[picture && !pending ? sizeOf(picture) : size]}
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
              alt={textOf(picture)}
              className="rise size-full rounded-xl bg-sunken object-contain"
            />
          ) : null
        }
        download={
          picture
            ? { href: picture.url, name: downloadName(picture), label: t.images.download }
            : null
        }
        receipt={receipt}
        meter="image_generations"
        kept={kept}
      />
      {/* Its line stays while the next card is made, to avoid a layout shift. */}
      <div className={pending || variation ? 'min-h-11' : 'hidden'}>
        {pending ? null : variation}
      </div>
      {earlier}
    </div>
  )
}

/** Keeps its size before, during and after the call. */
const SHAPES: Record<CardSize, string> = {
  landscape: 'aspect-[1200/630] w-full',
  square: 'mx-auto aspect-square w-full max-w-112',
  story: 'mx-auto aspect-[1080/1920] w-full max-w-80',
}

function textOf({ prompt, subtitle }: Card): string {
  return subtitle ? `${prompt}. ${subtitle}` : prompt
}

/** "launch-day-1200x630.png" */
function downloadName({ prompt, width, height }: Card): string {
  return fileName(prompt, 'png', `${width}x${height}`)
}
