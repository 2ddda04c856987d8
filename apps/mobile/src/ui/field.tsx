import { RADII } from '@tollgate/brand'
import { useId } from 'react'
import { Platform, StyleSheet, Text, TextInput, type TextInputProps, View } from 'react-native'
import { usePalette } from './palette.ts'

type Props = TextInputProps & {
  label: string
  /** A muted line below the input. */
  hint?: string
  /** Why the value was not accepted; replaces the hint. */
  error?: string | null
}

/** A labelled text input. */
export function Field({ label, hint, error = null, ...input }: Props) {
  const palette = usePalette()
  const noteId = useId()
  const note = error ?? hint
  return (
    <View style={styles.field}>
      <Text style={[styles.label, { color: palette.text }]}>{label}</Text>
      <TextInput
        accessibilityLabel={label}
        placeholderTextColor={palette.quiet}
        {...input}
        {...(note ? describedBy(noteId, note, error !== null) : {})}
        style={[
          styles.input,
          input.multiline && styles.tall,
          {
            backgroundColor: palette.ground,
            borderColor: palette[error === null ? 'edge' : 'danger'],
            color: palette.text,
          },
        ]}
      />
      {note ? (
        <Text
          nativeID={noteId}
          accessibilityLiveRegion={error === null ? 'none' : 'polite'}
          style={[styles.note, { color: palette[error === null ? 'quiet' : 'danger'] }]}
        >
          {note}
        </Text>
      ) : null}
    </View>
  )
}

/** A browser reads the line out through its id, a phone as the input's hint. */
function describedBy(noteId: string, note: string, isInvalid: boolean): object {
  if (Platform.OS !== 'web') return { accessibilityHint: note }
  return { 'aria-describedby': noteId, ...(isInvalid ? { 'aria-invalid': true } : {}) }
}

const styles = StyleSheet.create({
  field: { gap: 6 },
  label: { fontSize: 14, fontWeight: '600' },
  input: { borderRadius: RADII.control, borderWidth: 1, fontSize: 16, minHeight: 48, padding: 12 },
  tall: { minHeight: 112, textAlignVertical: 'top' },
  note: { fontSize: 14, lineHeight: 20 },
})
