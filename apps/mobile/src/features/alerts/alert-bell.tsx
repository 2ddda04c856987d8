import { router } from 'expo-router'
import { Pressable, StyleSheet, Text, View } from 'react-native'
import { usePalette } from '../../ui/palette.ts'
import { copy } from '../../copy.ts'
import { useAlerts } from './use-alerts.ts'

const { t, f } = copy

/** Links to the alerts, with the number of unread ones. */
export function AlertBell() {
  const palette = usePalette()
  const unread = useAlerts().query.data?.unread ?? 0
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={t.bell.label(f, unread)}
      onPress={() => router.push('/alerts')}
      style={styles.bell}
    >
      <Text style={[styles.label, { color: palette.accent }]}>{t.bell.title}</Text>
      {unread > 0 ? (
        <View style={[styles.count, { backgroundColor: palette.danger }]}>
          <Text style={[styles.figure, { color: palette.card }]}>{f.number(unread)}</Text>
        </View>
      ) : null}
    </Pressable>
  )
}

const styles = StyleSheet.create({
  bell: { alignItems: 'center', flexDirection: 'row', gap: 6, minHeight: 44, minWidth: 44 },
  label: { fontSize: 16, fontWeight: '600' },
  count: {
    alignItems: 'center',
    borderRadius: 10,
    justifyContent: 'center',
    minHeight: 20,
    minWidth: 20,
    paddingHorizontal: 6,
  },
  figure: { fontSize: 13, fontVariant: ['tabular-nums'], fontWeight: '700' },
})
