import { useQuery } from '@tanstack/react-query'
import type { Figures, Overview, RefusalCounts } from '@tollgate/api'
import { useState } from 'react'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { INPUT_STYLE } from '../../components/field.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { money } from './money.ts'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { UseTable } from './use-table.tsx'
import { When } from './when.tsx'

const DAYS = [1, 7, 30, 90]

/** Work for operators, and sales, usage, revenue, provider costs and refusals. */
export function FiguresView() {
  const [days, setDays] = useState(7)
  const overview = useQuery({
    queryKey: [...OPERATOR_KEY, 'overview'],
    queryFn: () => operatorClient.overview.query(),
  })
  const figures = useQuery({
    queryKey: [...OPERATOR_KEY, 'figures', days],
    queryFn: () => operatorClient.figures.query({ days }),
  })
  const refusals = useQuery({
    queryKey: [...OPERATOR_KEY, 'refusals'],
    queryFn: () => operatorClient.refusals.query(),
  })
  return (
    <>
      <Card title="Waiting now">
        <Loaded query={overview}>{(data) => <Waiting overview={data} />}</Loaded>
      </Card>
      <label className="flex items-center gap-3 text-sm font-medium">
        Days
        <select
          className={`${INPUT_STYLE} w-auto`}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {count === 1 ? 'Today (UTC)' : `Last ${count} days (UTC)`}
            </option>
          ))}
        </select>
      </label>
      <Loaded query={figures}>{(data) => <FigureTables figures={data} />}</Loaded>
      <Card title="Not charged" lead="How calls of this server ended that were not charged.">
        <Loaded query={refusals}>{(data) => <Refusals refusals={data} />}</Loaded>
      </Card>
    </>
  )
}

function Waiting({ overview }: { overview: Overview }) {
  const { f } = useCopy()
  const { backlog, running, unsynced, drifted } = overview
  const facts = [
    ['Events to deliver', f.number(backlog.pending)],
    ['In quarantine', f.number(backlog.quarantined)],
    ['Running for long', f.number(running)],
    ['Balances in doubt', f.number(unsynced)],
    ['Drifted events', drifted === null ? 'not compared yet' : f.number(drifted)],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-xl font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function FigureTables({ figures }: { figures: Figures }) {
  const { f } = useCopy()
  const { used, sold, revenue, revenueIsPartial } = figures
  return (
    <>
      <UseTable used={used} />
      <Card title="Credits sold and granted">
        <DataTable
          caption="Credits sold and granted"
          empty="Nothing was sold or granted."
          items={sold}
          keyOf={({ day, meter, reason, name }) => `${day} ${meter} ${reason} ${name}`}
          columns={[
            { name: 'Day', cell: ({ day }) => day },
            { name: 'Meter', cell: ({ meter }) => meter },
            { name: 'Reason', cell: ({ reason }) => reason },
            { name: 'Plan or top-up', cell: ({ name }) => name ?? '–' },
            { name: 'Credits', isNumber: true, cell: ({ credits }) => f.number(credits) },
          ]}
        />
      </Card>
      <Card title="Revenue" {...(revenueIsPartial ? { lead: 'Only the newest payments.' } : {})}>
        <DataTable
          caption="Revenue"
          empty={revenue ? 'Nothing was paid.' : 'The billing backend does not list payments.'}
          items={revenue ?? []}
          keyOf={({ day, currency, reason }) => `${day} ${currency} ${reason}`}
          columns={[
            { name: 'Day', cell: ({ day }) => day },
            { name: 'For', cell: ({ reason }) => reason },
            { name: 'Payments', isNumber: true, cell: ({ payments }) => f.number(payments) },
            { name: 'Paid', isNumber: true, cell: ({ paid, currency }) => money(paid, currency) },
            {
              name: 'Refunded',
              isNumber: true,
              cell: ({ refunded, currency }) => money(refunded, currency),
            },
          ]}
        />
      </Card>
    </>
  )
}

function Refusals({ refusals }: { refusals: RefusalCounts }) {
  const { f } = useCopy()
  return (
    <DataTable
      caption="Not charged"
      empty="Every call was charged."
      items={refusals.counts}
      keyOf={({ procedure, outcome }) => `${procedure} ${outcome}`}
      columns={[
        { name: 'Procedure', cell: ({ procedure }) => procedure },
        { name: 'Outcome', cell: ({ outcome }) => outcome },
        { name: 'Calls', isNumber: true, cell: ({ count }) => f.number(count) },
        { name: 'Last', cell: ({ lastAt }) => <When at={lastAt} /> },
      ]}
    />
  )
}
