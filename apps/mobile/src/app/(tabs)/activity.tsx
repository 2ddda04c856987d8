import { ActivityList } from '../../features/activity/activity-list.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function ActivityListScreen() {
  return (
    <Screen>
      <ActivityList />
    </Screen>
  )
}
