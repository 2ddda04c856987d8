import { EarlierResults } from '../../features/results/earlier-results.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function LibraryScreen() {
  return (
    <Screen>
      <EarlierResults />
    </Screen>
  )
}
