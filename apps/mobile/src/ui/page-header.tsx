import { Pressable, StyleSheet, Text, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { usePalette } from './palette.ts'

/** The title of a screen as a landmark, and the way back where there is one. */
export function PageHeader(props: { title: string; onBack?: (() => void) | undefined }) {
  const { title, onBack } = props
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
      <Text
        role="heading"
        aria-level={1}
        numberOfLines={1}
        style={[styles.title, { color: palette.text }]}
      >
        {title}
      </Text>
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
  title: { flexShrink: 1, fontSize: 18, fontWeight: '600' },
})
