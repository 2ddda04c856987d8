import { leavesOutcomeOpen, type OperationKey } from '@tollgate/client'
import { useReplayed } from '../intents/replay-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import type { Refusal } from './refusal.ts'
import { RefusalNotice } from './refusal-notice.tsx'

/** Why a billed call has no result. An open outcome is never shown as a failure, and never sent as a new call. */
export function CallFailure({ call }: { call: FailedCall }) {
  const { hasEnded, resume } = useReplayed()
  if (call.status !== 'error' || hasEnded(call.operationKey)) return null
  if (!leavesOutcomeOpen(call.error)) {
    if (call.refusal) return <RefusalNotice refusal={call.refusal} />
    return (
      <Words tone="danger" alert>
        This could not be done.
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

type FailedCall = {
  status: string
  error: unknown
  refusal: Refusal | null
  operationKey: OperationKey | null
}
