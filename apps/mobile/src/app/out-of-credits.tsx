import { OutOfCredits } from '../features/credits/out-of-credits.tsx'
import { Screen } from '../ui/screen.tsx'

export default function OutOfCreditsScreen() {
  return (
    <Screen>
      <OutOfCredits />
    </Screen>
  )
}
