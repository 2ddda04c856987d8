import { useState } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { LowBalance } from '../balance/low-balance.tsx'
import { useCost } from '../balance/use-cost.ts'
import { CallFailure } from '../credits/call-failure.tsx'
import { ReplayedList } from '../intents/replayed-list.tsx'
import { useOfflineQuestion } from '../intents/use-offline-question.tsx'
import { EarlierResults } from '../results/earlier-results.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Picture } from './picture.tsx'
import { Styles, type ImageStyle } from './styles.tsx'

/** From a prompt to a picture: the cost on the button, the balance right after. */
export function ImageStudio() {
  const [prompt, setPrompt] = useState('')
  const [style, setStyle] = useState<ImageStyle>('aurora')
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const cost = useCost('images.generate')
  const offline = useOfflineQuestion(cost)
  const text = prompt.trim()

  return (
    <>
      <ReplayedList />
      <Card>
        <BalanceMeter meter="image_generations" />
        <Field
          label="What should the card say?"
          value={prompt}
          onChangeText={setPrompt}
          maxLength={500}
          multiline
        />
        <Styles value={style} onChange={setStyle} />
        <Button
          label={cost ? `Generate · ${cost}` : 'Generate'}
          busy={generate.status === 'pending' && !offline.isOffline}
          disabled={text === ''}
          onPress={() => offline.ask(() => generate.submit({ prompt: text, style }))}
        />
      </Card>
      {generate.refusal ? null : <LowBalance meter="image_generations" />}
      {offline.question}
      <CallFailure call={generate} />
      {generate.output ? <Picture picture={generate.output} receipt={generate.receipt} /> : null}
      <EarlierResults procedure="images.generate" shown={generate.receipt} />
    </>
  )
}
