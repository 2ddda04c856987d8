import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** What members have asked for, for who may buy. */
export function RequestsCard() {
  const { t, f } = useCopy()
  const utils = trpc.useUtils()
  const open = trpc.team.openRequests.useQuery()
  const resolve = trpc.team.resolveRequest.useMutation({
    onSuccess: () => utils.team.openRequests.invalidate(),
  })
  const requests = open.data?.requests ?? []
  return (
    <Card
      title={t.team.requests}
      aside={
        requests.length > 0 ? (
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
        {requests.map(({ id, member, meter, askedAt }) => {
          const who = member?.name ?? t.team.someone
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {t.team.asksFor(who, meter === null ? null : t.meter.name(meter))}
                <span className="block text-sm text-muted">{f.dateTime(askedAt)}</span>
              </span>
              <Button
                aria-label={t.team.doneNamed(who)}
                pending={resolve.isPending}
                onClick={() => resolve.mutate({ id })}
              >
                {t.team.done}
              </Button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
