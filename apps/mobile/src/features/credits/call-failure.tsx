import { leavesOutcomeOpen } from '@tollgate/client'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import type { Refusal } from './refusal.ts'
import { RefusalNotice } from './refusal-notice.tsx'

/** Why a billed call has no result. An open outcome is never shown as a failure: trying again costs nothing more. */
export function CallFailure(props: {
  call: { status: string; error: unknown; refusal: Refusal | null }
  onRetry: () => void
}) {
  const { call, onRetry } = props
  if (call.status !== 'error') return null
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
        It is not known whether this was done. Trying again is safe: you are charged once at most.
      </Words>
      <Button label="Try again" onPress={onRetry} />
    </Card>
  )
}
