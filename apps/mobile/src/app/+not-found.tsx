import { router } from 'expo-router'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Screen } from '../ui/screen.tsx'
import { Words } from '../ui/words.tsx'

export default function NotFoundScreen() {
  return (
    <Screen>
      <Card>
        <Words as="title">There is nothing here</Words>
        <Button label="Back to the Studio" onPress={() => router.replace('/')} />
      </Card>
    </Screen>
  )
}
