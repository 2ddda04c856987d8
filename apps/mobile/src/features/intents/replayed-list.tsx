import type { ReplayOutcome } from '@tollgate/client'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { ReplayedResult } from './replayed-result.tsx'
import { useReplayed } from './replay-provider.tsx'

/** The outcomes of clicks whose response was lost, and how many are still pending. */
export function ReplayedList() {
  const { outcomes, waiting, dismiss, resume } = useReplayed()
  return (
    <>
      {outcomes.map((outcome) => (
        <Card key={outcome.intent.key}>
          <Words as="title" alert>
            {headlineOf(outcome)}
          </Words>
          {outcome.kind === 'done' ? (
            <ReplayedResult procedure={outcome.intent.path} output={outcome.output} />
          ) : null}
          <Button label="Done" kind="plain" onPress={() => dismiss(outcome)} />
        </Card>
      ))}
      {waiting > 0 ? (
        <Card>
          <Words as="quiet">
            {waiting === 1 ? 'One call waits' : `${waiting} calls wait`} for an answer. Each is
            charged once at most.
          </Words>
          <Button label="Try now" kind="plain" onPress={resume} />
        </Card>
      ) : null}
    </>
  )
}

function headlineOf(outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case 'done':
      return 'Finished in the meantime'
    case 'refused':
      return 'An earlier call was not done. You were not charged'
    case 'charged_without_result':
      return 'An earlier call was done, but its result is no longer kept'
    case 'too_old':
      return 'An old call was not sent. You were not charged'
  }
}
