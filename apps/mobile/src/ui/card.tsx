import { RADII } from '@tollgate/brand'
import type { ReactNode } from 'react'
import { StyleSheet, View } from 'react-native'
import { usePalette } from './palette.ts'

/** A raised group of related content. */
export function Card({ children }: { children: ReactNode }) {
  const palette = usePalette()
  return (
    <View style={[styles.card, { backgroundColor: palette.card, borderColor: palette.line }]}>
      {children}
    </View>
  )
}

const styles = StyleSheet.create({
  card: { borderRadius: RADII.card, borderWidth: StyleSheet.hairlineWidth, gap: 12, padding: 16 },
})
