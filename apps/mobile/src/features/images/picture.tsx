import type { Receipt } from '@tollgate/client'
import type { Outputs } from '../../connection/trpc.ts'
import { Card } from '../../ui/card.tsx'
import { ReceiptLine } from '../credits/receipt-line.tsx'
import { PaidImage } from './paid-image.tsx'

/** A finished picture and what it cost. */
export function Picture(props: {
  picture: Outputs['images']['generate']
  receipt: Receipt | null
}) {
  const { picture, receipt } = props
  return (
    <Card>
      <PaidImage
        path={picture.url}
        label={picture.prompt}
        aspectRatio={picture.width / picture.height}
      />
      <ReceiptLine receipt={receipt} meter="image_generations" />
    </Card>
  )
}
