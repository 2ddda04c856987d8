import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { type Inputs, trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** What a member can ask the owners for. */
export type Asked = NonNullable<Inputs['team']['askOwner']['kind']>

/** Lets a member who may not buy or raise their limit ask the owners with one click. */
export function AskOwner({
  meter = null,
  kind = 'purchase',
}: {
  meter?: string | null
  kind?: Asked
}) {
  const { t } = useCopy()
  const ask = trpc.team.askOwner.useMutation()
  const raises = kind === 'raise_limit'
  const askedBefore = raises ? t.billing.askedBefore : t.billing.askedToday
  const answered = ask.data?.sent ? t.billing.asked : askedBefore
  return (
    <div className="flex flex-wrap items-center gap-3">
      {raises ? null : <p className="min-w-0 basis-full text-sm">{t.billing.askOwner}</p>}
      <Button look="primary" pending={ask.isPending} onClick={() => ask.mutate({ meter, kind })}>
        {raises ? t.actions.askToRaise : t.actions.askOwner}
      </Button>
      <CopyButton text={`${location.origin}${raises ? '/team' : '/billing'}`} />
      <output className="text-sm text-muted">
        {ask.isSuccess ? answered : ask.isError ? t.billing.notAsked : null}
      </output>
    </div>
  )
}
