import { useLocalSearchParams } from 'expo-router'
import { JoinTeam } from '../features/team/join-team.tsx'
import { Screen } from '../ui/screen.tsx'

export default function JoinScreen() {
  const { invitation = '' } = useLocalSearchParams<{ invitation?: string }>()
  return (
    <Screen>
      <JoinTeam invitationId={invitation} />
    </Screen>
  )
}
