import type { SpendLimit } from '@tollgate/contract'
import { type SubmitEvent, useId } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FailureText } from '../../components/failure-text.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { allowanceOf, draftOf, type LimitDraft } from './limit-draft.ts'
import { LimitFields } from './limit-fields.tsx'
import type { Subject } from './subject.ts'
import { useLimits } from './use-limits.ts'
import { useMeters } from './use-meters.ts'

/** Sets, changes or removes the limit of a member or an API key; open while there is a draft. */
export function LimitDialog(props: {
  subject: Subject
  /** The subject's name, as the user knows it. */
  name: string
  /** The subject's limits. */
  limits: readonly SpendLimit[]
  draft: LimitDraft | null
  onDraft: (draft: LimitDraft | null) => void
}) {
  const { subject, name, limits, draft, onDraft } = props
  const { t } = useCopy()
  const formId = useId()
  const meters = useMeters()
  const { set, remove } = useLimits()
  const allowance = draft && allowanceOf(draft)
  const isSet = limits.some(({ meter }) => meter === draft?.meter)

  function close(): void {
    set.reset()
    remove.reset()
    onDraft(null)
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (allowance && !set.isPending) {
      set.mutate({ subject, ...allowance }, { onSuccess: close })
    }
  }

  return (
    <Dialog
      open={draft !== null}
      title={t.limits.title(name)}
      onClose={close}
      actions={
        <>
          <Button
            type="submit"
            form={formId}
            look="primary"
            pending={set.isPending}
            blocked={!allowance}
          >
            {t.limits.save}
          </Button>
          {draft && isSet ? (
            <Button
              look="danger"
              pending={remove.isPending}
              onClick={() => remove.mutate({ subject, meter: draft.meter }, { onSuccess: close })}
            >
              {t.limits.remove}
            </Button>
          ) : null}
          <Button onClick={close}>{t.limits.cancel}</Button>
        </>
      }
    >
      {draft ? (
        <form id={formId} onSubmit={submit} className="grid gap-4">
          <LimitFields
            draft={draft}
            meters={meters}
            hint={t.limits.hint}
            onChange={onDraft}
            onMeter={(meter) => onDraft(draftOf(meter, limits))}
          />
        </form>
      ) : null}
      <FailureText text={set.isError || remove.isError ? t.limits.failed : null} />
    </Dialog>
  )
}
