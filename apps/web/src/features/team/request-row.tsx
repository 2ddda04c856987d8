import { describeRequest } from '@tollgate/contract/copy'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { LimitDialog } from '../limits/limit-dialog.tsx'
import { draftOf, type LimitDraft } from '../limits/limit-draft.ts'
import { isOf } from '../limits/subject.ts'
import { useLimits } from '../limits/use-limits.ts'

export type Request = Outputs['team']['openRequests']['requests'][number]

/** One request of a member, and the actions that close it. */
export function RequestRow({ request }: { request: Request }) {
  const { id, kind, member, meter, askedAt } = request
  const { t, f } = useCopy()
  const utils = trpc.useUtils()
  const resolve = trpc.team.resolveRequest.useMutation({
    onSuccess: () => utils.team.openRequests.invalidate(),
  })
  const { who, text } = describeRequest(request, t)
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {text}
        <span className="block text-sm text-muted">{f.dateTime(askedAt)}</span>
      </span>
      <span className="flex flex-wrap gap-2">
        {kind === 'raise_limit' && member && meter !== null ? (
          <RaiseLimit userId={member.id} name={who} meter={meter} />
        ) : null}
        <Button
          aria-label={t.team.doneNamed(who)}
          pending={resolve.isPending}
          onClick={() => resolve.mutate({ id })}
        >
          {t.team.done}
        </Button>
      </span>
    </li>
  )
}

/** Opens the limit that a member asked to have raised; saving it closes the request. */
function RaiseLimit(props: { userId: string; name: string; meter: string }) {
  const { userId, name, meter } = props
  const { t } = useCopy()
  const { limits } = useLimits()
  const [draft, setDraft] = useState<LimitDraft | null>(null)
  const subject = { kind: 'member' as const, id: userId }
  const own = limits?.filter((limit) => isOf(subject, limit)) ?? []
  return (
    <>
      <Button
        look="primary"
        aria-label={t.limits.raiseFor(name)}
        onClick={() => setDraft(draftOf(meter, own))}
      >
        {t.actions.raiseCap}
      </Button>
      <LimitDialog subject={subject} name={name} limits={own} draft={draft} onDraft={setDraft} />
    </>
  )
}
