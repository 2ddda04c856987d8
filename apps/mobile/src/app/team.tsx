import { TeamHome } from '../features/team/team-home.tsx'
import { Screen } from '../ui/screen.tsx'

export default function TeamScreen() {
  return (
    <Screen>
      <TeamHome />
    </Screen>
  )
}
