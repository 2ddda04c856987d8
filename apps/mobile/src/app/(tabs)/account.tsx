import { Account } from '../../features/session/account.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function AccountScreen() {
  return (
    <Screen>
      <Account />
    </Screen>
  )
}
