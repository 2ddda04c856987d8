import { Pressable, StyleSheet, Text, View } from 'react-native'
import { usePalette } from './palette.ts'

/** Single choice among a few values, all visible. */
export function Choice<Value extends string>(props: {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}) {
  const palette = usePalette()
  return (
    <View accessibilityRole="radiogroup" aria-label={props.label} style={styles.row}>
      {props.options.map(({ value, label }) => {
        const chosen = value === props.value
        return (
          <Pressable
            key={value}
            accessibilityRole="radio"
            aria-checked={chosen}
            onPress={() => props.onChange(value)}
            style={[
              styles.choice,
              chosen
                ? { backgroundColor: palette.accent, borderColor: palette.accent }
                : { borderColor: palette.edge },
            ]}
          >
            <Text style={[styles.label, { color: chosen ? palette.onAccent : palette.text }]}>
              {label}
            </Text>
          </Pressable>
        )
      })}
    </View>
  )
}

const styles = StyleSheet.create({
  row: { flexDirection: 'row', flexWrap: 'wrap', gap: 8 },
  choice: {
    alignItems: 'center',
    borderRadius: 22,
    borderWidth: 1,
    justifyContent: 'center',
    minHeight: 44,
    paddingHorizontal: 16,
  },
  label: { fontSize: 15 },
})
