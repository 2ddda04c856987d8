import { Pressable, StyleSheet, Text, View } from 'react-native'
import { usePalette } from './palette.ts'

/** A checkbox. */
export function Check(props: {
  label: string
  isChecked: boolean
  onChange: (isChecked: boolean) => void
}) {
  const { label, isChecked, onChange } = props
  const palette = usePalette()
  return (
    <Pressable
      accessibilityRole="checkbox"
      aria-checked={isChecked}
      accessibilityLabel={label}
      onPress={() => onChange(!isChecked)}
      style={styles.check}
    >
      <View
        style={[
          styles.box,
          { borderColor: isChecked ? palette.accent : palette.edge },
          isChecked && { backgroundColor: palette.accent },
        ]}
      >
        <Text style={[styles.mark, { color: palette.onAccent }]}>{isChecked ? '✓' : ''}</Text>
      </View>
      <Text style={[styles.label, { color: palette.text }]}>{label}</Text>
    </Pressable>
  )
}

const styles = StyleSheet.create({
  check: { alignItems: 'center', flexDirection: 'row', gap: 12, minHeight: 44 },
  box: {
    alignItems: 'center',
    borderRadius: 6,
    borderWidth: 1,
    height: 24,
    justifyContent: 'center',
    width: 24,
  },
  mark: { fontSize: 15, fontWeight: '700' },
  label: { flexShrink: 1, fontSize: 16 },
})
