import { AlertList } from '../features/alerts/alert-list.tsx'
import { AlertPreferences } from '../features/alerts/alert-preferences.tsx'
import { Screen } from '../ui/screen.tsx'

export default function AlertsScreen() {
  return (
    <Screen>
      <AlertList />
      <AlertPreferences />
    </Screen>
  )
}
