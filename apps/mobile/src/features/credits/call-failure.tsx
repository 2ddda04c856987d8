import { httpStatusOf, leavesOutcomeOpen, type OperationKey } from '@tollgate/client'
import { copy } from '../../copy.ts'
import { useReplayed } from '../intents/replay-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import type { Refusal } from './refusal.ts'
import { RefusalNotice } from './refusal-notice.tsx'

/** Why a billed call has no result. An unknown outcome is never shown as a failure, and never sent as a new call. */
export function CallFailure({ call }: { call: FailedCall }) {
  const { hasEnded, resume } = useReplayed()
  if (call.status !== 'error' || hasEnded(call.operationKey)) return null
  if (!leavesOutcomeOpen(call.error)) {
    if (call.refusal) return <RefusalNotice refusal={call.refusal} />
    if (httpStatusOf(call.error) === 400) return <InvalidInput />
    return (
      <Words tone="danger" alert>
        {copy.t.refusal.internal.title}
      </Words>
    )
  }
  return (
    <Card>
      <Words as="title" alert>
        No answer yet
      </Words>
      <Words as="quiet">
        It is not known whether this was done. It is asked for again by itself, and you are charged
        once at most.
      </Words>
      <Button label="Try now" onPress={resume} />
    </Card>
  )
}

/** The fields of the form show their own errors. */
function InvalidInput() {
  const { title, text } = copy.t.refusal.invalid
  return (
    <Card>
      <Words as="title" alert>
        {title}
      </Words>
      <Words as="quiet">{text}</Words>
    </Card>
  )
}

type FailedCall = {
  status: string
  error: unknown
  refusal: Refusal | null
  operationKey: OperationKey | null
}
