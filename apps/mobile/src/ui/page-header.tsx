import type { ReactNode } from 'react'
import { Pressable, StyleSheet, Text, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { usePalette } from './palette.ts'

/** The title of a screen as a landmark, with a back button if there is a previous screen, and what is beside the title. */
export function PageHeader(props: {
  title: string
  /** A muted line below the title. */
  subtitle?: string | null
  onBack?: (() => void) | undefined
  aside?: ReactNode
}) {
  const { title, subtitle = null, onBack, aside } = props
  const palette = usePalette()
  const insets = useSafeAreaInsets()
  return (
    <View
      role="banner"
      style={[
        styles.bar,
        { backgroundColor: palette.card, borderColor: palette.line, paddingTop: insets.top },
      ]}
    >
      {onBack ? (
        <Pressable accessibilityRole="button" onPress={onBack} style={styles.back}>
          <Text style={[styles.backText, { color: palette.accent }]}>‹ Back</Text>
        </Pressable>
      ) : null}
      <View style={styles.titles}>
        <Text
          role="heading"
          aria-level={1}
          numberOfLines={1}
          style={[styles.title, { color: palette.text }]}
        >
          {title}
        </Text>
        {subtitle === null ? null : (
          <Text numberOfLines={1} style={[styles.subtitle, { color: palette.quiet }]}>
            {subtitle}
          </Text>
        )}
      </View>
      {aside ? <View style={styles.aside}>{aside}</View> : null}
    </View>
  )
}

const styles = StyleSheet.create({
  bar: {
    alignItems: 'center',
    borderBottomWidth: StyleSheet.hairlineWidth,
    flexDirection: 'row',
    gap: 12,
    minHeight: 56,
    paddingHorizontal: 16,
  },
  back: { justifyContent: 'center', minHeight: 44, minWidth: 44 },
  backText: { fontSize: 16, fontWeight: '600' },
  aside: { alignItems: 'flex-end', flexGrow: 1 },
  titles: { flexShrink: 1 },
  title: { fontSize: 18, fontWeight: '600' },
  subtitle: { fontSize: 14 },
})
