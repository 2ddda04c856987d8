import { BottomTabBar, Tabs } from 'expo-router/js-tabs'
import { View } from 'react-native'
import { AlertBell } from '../../features/alerts/alert-bell.tsx'
import { useTeamName } from '../../features/team/use-team-name.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { usePalette } from '../../ui/palette.ts'

export default function TabsLayout() {
  const palette = usePalette()
  const team = useTeamName()
  return (
    <Tabs
      tabBar={(props) => (
        <View role="navigation" aria-label="Main">
          <BottomTabBar {...props} />
        </View>
      )}
      screenOptions={{
        header: ({ options }) => (
          <PageHeader title={options.title ?? ''} subtitle={team} aside={<AlertBell />} />
        ),
        tabBarActiveTintColor: palette.accent,
        tabBarInactiveTintColor: palette.quiet,
        tabBarIcon: () => null,
        tabBarIconStyle: { display: 'none' },
        tabBarLabelStyle: { fontSize: 14, marginStart: 0 },
        tabBarLabelPosition: 'beside-icon',
      }}
    >
      <Tabs.Screen name="index" options={{ title: 'Studio' }} />
      <Tabs.Screen name="summarize" options={{ title: 'Text' }} />
      <Tabs.Screen name="library" options={{ title: 'Library' }} />
      <Tabs.Screen name="activity" options={{ title: 'Activity' }} />
      <Tabs.Screen name="account" options={{ title: 'Account' }} />
    </Tabs>
  )
}
