import type { ReactNode } from 'react'
import { KeyboardAvoidingView, Platform, ScrollView, StyleSheet } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { usePalette } from './palette.ts'

/** One scrolling column, readable from a small phone to a tablet, clear of notch and keyboard. */
export function Screen({ children }: { children: ReactNode }) {
  const palette = usePalette()
  const insets = useSafeAreaInsets()
  return (
    <KeyboardAvoidingView
      role="main"
      behavior={Platform.OS === 'ios' ? 'padding' : undefined}
      style={[styles.fill, { backgroundColor: palette.ground }]}
    >
      <ScrollView
        keyboardShouldPersistTaps="handled"
        contentContainerStyle={[
          styles.column,
          {
            paddingBottom: insets.bottom + 24,
            paddingLeft: insets.left + 16,
            paddingRight: insets.right + 16,
          },
        ]}
      >
        {children}
      </ScrollView>
    </KeyboardAvoidingView>
  )
}

const styles = StyleSheet.create({
  fill: { flex: 1 },
  column: { alignSelf: 'center', gap: 16, maxWidth: 640, paddingTop: 16, width: '100%' },
})
