import { useLocalSearchParams } from 'expo-router'
import { OperationDetails } from '../../features/operation/operation-details.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function OperationScreen() {
  const { id } = useLocalSearchParams<{ id: string }>()
  return (
    <Screen>
      <OperationDetails operationId={id} />
    </Screen>
  )
}
