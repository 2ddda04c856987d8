import { RADII } from '@tollgate/brand'
import { ActivityIndicator, Pressable, StyleSheet, Text } from 'react-native'
import { usePalette } from './palette.ts'

/** A button of at least 44 points; while busy it says so and cannot be pressed again. */
export function Button(props: {
  label: string
  onPress: () => void
  kind?: 'primary' | 'plain'
  busy?: boolean
  disabled?: boolean
  hint?: string
  /** The accessible name if the label alone is unclear; starts with the label. */
  name?: string
}) {
  const { label, onPress, kind = 'primary', busy = false, disabled = false, hint, name } = props
  const palette = usePalette()
  const isPrimary = kind === 'primary'
  const ink = isPrimary ? palette.onAccent : palette.accent
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityState={{ busy, disabled: disabled || busy }}
      accessibilityLabel={name}
      accessibilityHint={hint}
      disabled={disabled || busy}
      onPress={onPress}
      style={({ pressed }) => [
        styles.button,
        isPrimary
          ? { backgroundColor: palette.accent, borderColor: palette.accent }
          : { borderColor: palette.edge },
        (pressed || disabled) && styles.dimmed,
      ]}
    >
      {busy ? <ActivityIndicator color={ink} /> : null}
      <Text style={[styles.label, { color: ink }]}>{label}</Text>
    </Pressable>
  )
}

const styles = StyleSheet.create({
  button: {
    alignItems: 'center',
    borderRadius: RADII.control,
    borderWidth: 1,
    flexDirection: 'row',
    gap: 8,
    justifyContent: 'center',
    minHeight: 48,
    paddingHorizontal: 16,
    paddingVertical: 10,
  },
  dimmed: { opacity: 0.6 },
  label: { fontSize: 16, fontWeight: '600', textAlign: 'center' },
})
