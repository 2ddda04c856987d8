import type { Outputs, Receipt } from '@tollgate/client'
import { Image, StyleSheet } from 'react-native'
import { Card } from '../../ui/card.tsx'
import { ReceiptLine } from '../credits/receipt-line.tsx'

/** A finished picture and what it cost. */
export function Picture(props: {
  picture: Outputs['images']['generate']
  receipt: Receipt | null
}) {
  const { picture, receipt } = props
  return (
    <Card>
      <Image
        source={{ uri: picture.dataUrl }}
        accessibilityLabel={picture.prompt}
        resizeMode="contain"
        style={[styles.picture, { aspectRatio: picture.width / picture.height }]}
      />
      <ReceiptLine receipt={receipt} />
    </Card>
  )
}

const styles = StyleSheet.create({ picture: { borderRadius: 12, width: '100%' } })
