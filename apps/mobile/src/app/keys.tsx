import { ApiKeys } from '../features/api-keys/api-keys.tsx'
import { Screen } from '../ui/screen.tsx'

export default function KeysScreen() {
  return (
    <Screen>
      <ApiKeys />
    </Screen>
  )
}
