import { Pressable, StyleSheet, Text, View } from 'react-native'
import type { Inputs } from '../../connection/trpc.ts'
import { usePalette } from '../../ui/palette.ts'

export type ImageStyle = NonNullable<Inputs['images']['generate']['style']>

const STYLES: readonly ImageStyle[] = ['aurora', 'paper', 'night']

/** The choice of a picture's style. */
export function Styles(props: { value: ImageStyle; onChange: (style: ImageStyle) => void }) {
  const palette = usePalette()
  return (
    <View accessibilityRole="radiogroup" aria-label="Style" style={styles.row}>
      {STYLES.map((style) => {
        const chosen = style === props.value
        return (
          <Pressable
            key={style}
            accessibilityRole="radio"
            aria-checked={chosen}
            onPress={() => props.onChange(style)}
            style={[styles.choice, { borderColor: chosen ? palette.accent : palette.line }]}
          >
            <Text style={{ color: chosen ? palette.accent : palette.text }}>
              {chosen ? '✓ ' : ''}
              {style}
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
})
