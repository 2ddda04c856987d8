import { describeApiKey } from '@tollgate/contract/copy'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { SubjectLimits } from '../limits/subject-limits.tsx'
import { RevokeApiKey } from './revoke-api-key.tsx'

type Key = Outputs['apiKeys']['list']['keys'][number]

/** Every key that was not revoked, with its scope, expiry, last use and, for those who may change them, its limits. */
export function ApiKeyList({ isTeam }: { isTeam: boolean }) {
  const { t } = useCopy()
  const list = trpc.apiKeys.list.useQuery()
  const keys = list.data?.keys
  const pays = trpc.billing.plan.useQuery().data?.isOwner === true
  // A member's own key spends from the member's balance, not the organization's.
  const mayLimit = pays || !isTeam
  return (
    <Card title={t.apiKeys.listTitle}>
      {list.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {list.isError && !keys ? (
        <div role="alert" className="grid justify-items-start gap-3">
          <p>{t.apiKeys.unread}</p>
          <Button onClick={() => void list.refetch()}>{t.apiKeys.again}</Button>
        </div>
      ) : null}
      {keys?.length === 0 ? <p className="text-muted">{t.apiKeys.empty}</p> : null}
      {keys && keys.length > 0 ? (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <li
              key={key.id}
              className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0"
            >
              <KeyFacts apiKey={key} />
              <RevokeApiKey id={key.id} name={key.name} />
              {mayLimit ? (
                <SubjectLimits subject={{ kind: 'key', id: key.id }} name={key.name} mayChange />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}

function KeyFacts({ apiKey }: { apiKey: Key }) {
  const { name, hint } = apiKey
  const copy = useCopy()
  const { scope, times } = describeApiKey(apiKey, copy)
  return (
    <div className="min-w-0">
      <h3 className="text-[0.9375rem] font-medium [overflow-wrap:anywhere]">
        {name} <span className="font-normal text-muted">{copy.t.apiKeys.hint(hint)}</span>
      </h3>
      <p className="text-sm text-muted">{scope}</p>
      <p className="text-sm text-muted">{times}</p>
    </div>
  )
}
