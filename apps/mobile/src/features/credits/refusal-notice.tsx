import { router } from 'expo-router'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { endsCredits, explain, type Refusal } from './refusal.ts'
import { useRefusal } from './refusal-provider.tsx'

/** Why a call was refused, with a link to the next steps. */
export function RefusalNotice({ refusal }: { refusal: Refusal }) {
  const { keep } = useRefusal()
  const { title, text } = explain(refusal)
  return (
    <Card>
      <Words as="title" alert>
        {title}
      </Words>
      <Words as="quiet">{text}</Words>
      {endsCredits(refusal) ? (
        <Button
          label="See options"
          onPress={() => {
            keep(refusal)
            router.push('/out-of-credits')
          }}
        />
      ) : null}
    </Card>
  )
}
