import { StyleSheet, View } from 'react-native'
import { Words } from './words.tsx'

/** A list of names and values; unknown values are omitted. */
export function Facts({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  return (
    <View style={styles.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <View key={name} style={styles.fact}>
            <Words as="quiet">{name}</Words>
            <View style={styles.value}>
              <Words as="figure">{value}</Words>
            </View>
          </View>
        ),
      )}
    </View>
  )
}

const styles = StyleSheet.create({
  facts: { gap: 8 },
  fact: { columnGap: 16, flexDirection: 'row', flexWrap: 'wrap', justifyContent: 'space-between' },
  value: { flexShrink: 1 },
})
