import { describeInputErrors } from '@tollgate/contract/copy'
import { useState } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { copy } from '../../copy.ts'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { LowBalance } from '../balance/low-balance.tsx'
import { useCost } from '../balance/use-cost.ts'
import { CallFailure } from '../credits/call-failure.tsx'
import { ReplayedList } from '../intents/replayed-list.tsx'
import { useOfflineQuestion } from '../intents/use-offline-question.tsx'
import { EarlierResults } from '../results/earlier-results.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EMPTY_DRAFT, inputOf } from './card-draft.ts'
import { CardForm } from './card-form.tsx'
import { Picture } from './picture.tsx'

const { t } = copy

/** From a title to a card: the cost on the button, the new balance right after. */
export function ImageStudio() {
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const generate = useTollgate().useBilled((api) => api.images.generate)
  const cost = useCost('images.generate')
  const offline = useOfflineQuestion(cost)
  const input = inputOf(draft)
  const isSent = JSON.stringify(generate.input) === JSON.stringify(input)

  return (
    <>
      <ReplayedList />
      <Card>
        <BalanceMeter meter="image_generations" />
        <CardForm
          draft={draft}
          onChange={setDraft}
          errorOf={describeInputErrors(isSent ? generate.error : null, t)}
        />
        <Button
          label={cost ? `${t.images.submit} · ${cost}` : t.images.submit}
          busy={generate.status === 'pending' && !offline.isOffline}
          disabled={input.title === ''}
          onPress={() => offline.ask(() => generate.submit(input))}
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
