import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { OPERATOR_KEY } from './operator-key.ts'

const REASON_LENGTH_MIN = 3

/** Makes a manual change once the operator has given a reason, which is recorded with it. */
export function ChangeButton(props: {
  label: string
  /** Names the target for screen readers, which do not convey the row. */
  subject: string
  /** Explains what the change does. */
  text: string
  run: (reason: string) => Promise<{ changed: boolean }>
}) {
  const { label, subject, text, run } = props
  const [isAsking, setIsAsking] = useState(false)
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: run,
    onSuccess: async ({ changed }) => {
      if (changed) setIsAsking(false)
      await queryClient.invalidateQueries({ queryKey: OPERATOR_KEY })
    },
  })
  const isBlocked = reason.trim().length < REASON_LENGTH_MIN
  const submit = () => change.mutate(reason.trim())
  return (
    <>
      <Button aria-label={`${label} ${subject}`} onClick={() => setIsAsking(true)}>
        {label}
      </Button>
      <Dialog
        open={isAsking}
        title={`${label} ${subject}?`}
        onClose={() => setIsAsking(false)}
        actions={
          <>
            <Button look="primary" blocked={isBlocked} pending={change.isPending} onClick={submit}>
              {label}
            </Button>
            <Button onClick={() => setIsAsking(false)}>Cancel</Button>
          </>
        }
      >
        <p className="[overflow-wrap:anywhere]">{text}</p>
        <Field label="Reason" hint="Recorded with your name; it cannot be changed later.">
          {(ids) => (
            <input
              {...ids}
              className={INPUT_STYLE}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Outcome error={change.error} hasDoneNothing={change.data?.changed === false} />
      </Dialog>
    </>
  )
}

function Outcome(props: { error: Error | null; hasDoneNothing: boolean }) {
  const text = props.error?.message ?? (props.hasDoneNothing ? NOTHING_DONE : null)
  if (text === null) return null
  return (
    <p role="alert" className="text-sm font-medium text-danger">
      {text}
    </p>
  )
}

const NOTHING_DONE =
  'Nothing was changed: it is no longer in this state, or the change was refused.'
