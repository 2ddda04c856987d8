import { Summarizer } from '../../features/text/summarizer.tsx'
import { Screen } from '../../ui/screen.tsx'

export default function SummarizerScreen() {
  return (
    <Screen>
      <Summarizer />
    </Screen>
  )
}
