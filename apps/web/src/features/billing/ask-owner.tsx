import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** For a member who may not buy: one click asks those who may, instead of a button to buy. */
export function AskOwner({ meter = null }: { meter?: string | null }) {
  const { t } = useCopy()
  const ask = trpc.team.askOwner.useMutation()
  const answered = ask.data?.sent ? t.billing.asked : t.billing.askedToday
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 basis-full text-sm">{t.billing.askOwner}</p>
      <Button look="primary" pending={ask.isPending} onClick={() => ask.mutate({ meter })}>
        {t.actions.askOwner}
      </Button>
      <CopyButton text={`${location.origin}/billing`} />
      <output className="text-sm text-muted">
        {ask.isSuccess ? answered : ask.isError ? t.billing.notAsked : null}
      </output>
    </div>
  )
}
