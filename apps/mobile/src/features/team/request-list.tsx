import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { RequestLine } from './request-line.tsx'

const { t } = copy

/** Requests of members, shown to those who pay. */
export function RequestList() {
  const open = trpc.team.openRequests.useQuery()
  const requests = open.data?.requests
  return (
    <Card>
      <Words as="title">{t.team.requests}</Words>
      {open.isError && !requests ? (
        <>
          <Words alert>{t.team.unread}</Words>
          <Button label={t.operation.again} onPress={() => void open.refetch()} />
        </>
      ) : null}
      {requests?.length === 0 ? <Words as="quiet">{t.team.noRequests}</Words> : null}
      {requests?.map((request) => (
        <RequestLine key={request.id} request={request} />
      ))}
    </Card>
  )
}
