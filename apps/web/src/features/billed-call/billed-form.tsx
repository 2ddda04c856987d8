import type { ReactNode, SubmitEvent } from 'react'
import { SubmitButton } from './submit-button.tsx'
import type { BilledStudioState } from './use-billed-studio.ts'

/** A form whose submit button shows the cost. */
export function BilledForm(props: {
  studio: Omit<BilledStudioState, 'foreseen'>
  label: string
  pendingLabel: string
  children: ReactNode
}) {
  const { label, pendingLabel, children } = props
  const { submit, ...price } = props.studio
  return (
    <form
      className="grid gap-5"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault()
        submit()
      }}
    >
      {children}
      <SubmitButton {...price} label={label} pendingLabel={pendingLabel} />
    </form>
  )
}
