import { Link } from 'wouter'
import { buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { RequestRow } from './request-row.tsx'

/** Requests of members, shown to those who may buy. */
export function RequestsCard() {
  const { t } = useCopy()
  const open = trpc.team.openRequests.useQuery()
  const requests = open.data?.requests ?? []
  return (
    <Card
      title={t.team.requests}
      aside={
        requests.some(({ kind }) => kind === 'purchase') ? (
          <Link href="/plans" className={buttonStyle('secondary')}>
            {t.actions.plans}
          </Link>
        ) : null
      }
    >
      {open.isSuccess && requests.length === 0 ? (
        <p className="text-muted">{t.team.noRequests}</p>
      ) : null}
      <ul className="grid gap-3">
        {requests.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
    </Card>
  )
}
