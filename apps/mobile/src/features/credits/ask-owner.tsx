import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import type { Asked } from './refusal.ts'

const { t } = copy

/** Lets a member who may not buy or raise their limit ask the owners with one press. */
export function AskOwner(props: { asked: Asked; look: 'primary' | 'plain' }) {
  const { asked, look } = props
  const ask = trpc.team.askOwner.useMutation()
  const raises = asked.kind === 'raise_limit'
  const askedBefore = raises ? t.billing.askedBefore : t.billing.askedToday
  return (
    <>
      {raises ? null : <Words as="quiet">{t.billing.askOwner}</Words>}
      <Button
        label={raises ? t.actions.askToRaise : t.actions.askOwner}
        kind={look}
        busy={ask.isPending}
        onPress={() => ask.mutate(asked)}
      />
      {ask.data ? (
        <Words as="quiet" alert>
          {ask.data.sent ? t.billing.asked : askedBefore}
        </Words>
      ) : null}
      {ask.isError ? (
        <Words tone="danger" alert>
          {t.billing.notAsked}
        </Words>
      ) : null}
    </>
  )
}
