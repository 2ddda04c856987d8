import { RADII } from '@tollgate/brand'
import { StyleSheet, Text, TextInput, type TextInputProps, View } from 'react-native'
import { usePalette } from './palette.ts'

/** A labelled text input. */
export function Field({ label, ...input }: { label: string } & TextInputProps) {
  const palette = usePalette()
  return (
    <View style={styles.field}>
      <Text style={[styles.label, { color: palette.text }]}>{label}</Text>
      <TextInput
        accessibilityLabel={label}
        placeholderTextColor={palette.quiet}
        {...input}
        style={[
          styles.input,
          input.multiline && styles.tall,
          { backgroundColor: palette.ground, borderColor: palette.edge, color: palette.text },
        ]}
      />
    </View>
  )
}

const styles = StyleSheet.create({
  field: { gap: 6 },
  label: { fontSize: 14, fontWeight: '600' },
  input: { borderRadius: RADII.control, borderWidth: 1, fontSize: 16, minHeight: 48, padding: 12 },
  tall: { minHeight: 112, textAlignVertical: 'top' },
})
