import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { ApiKeyLine } from './api-key-line.tsx'

const { t } = copy

/** Every key that was not revoked. */
export function ApiKeyList() {
  const list = trpc.apiKeys.list.useQuery()
  const keys = list.data?.keys
  return (
    <Card>
      <Words as="title">{t.apiKeys.listTitle}</Words>
      {list.isPending ? <Words as="quiet">{t.apiKeys.reading}</Words> : null}
      {list.isError && !keys ? (
        <>
          <Words alert>{t.apiKeys.unread}</Words>
          <Button label={t.apiKeys.again} onPress={() => void list.refetch()} />
        </>
      ) : null}
      {keys?.length === 0 ? <Words as="quiet">{t.apiKeys.empty}</Words> : null}
      {keys?.map((key) => (
        <ApiKeyLine key={key.id} apiKey={key} />
      ))}
    </Card>
  )
}
