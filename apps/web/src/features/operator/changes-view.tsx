import { useQuery } from '@tanstack/react-query'
import { Card } from '../../components/card.tsx'
import { CustomerLink } from './customer-link.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { PagedTable } from './paged-table.tsx'
import { When } from './when.tsx'

/** The manual changes of operators, for one customer or for all. */
export function Changes(props: { customerId?: string }) {
  const { customerId } = props
  const wanted = customerId === undefined ? {} : { customerId }
  return (
    <PagedTable
      title="Manual changes"
      lead="Made in this view or by commands. No row can be edited later."
      empty="No manual changes."
      queryKey={['changes', customerId ?? null]}
      read={(page) => operatorClient.changes.query({ ...page, ...wanted })}
      keyOf={({ id }) => id}
      columns={[
        { name: 'When', cell: ({ at }) => <When at={at} /> },
        { name: 'Who', cell: ({ operator, via }) => `${operator} (${via})` },
        { name: 'What', cell: ({ action }) => action },
        { name: 'Reason', cell: ({ reason }) => reason },
        {
          name: 'On',
          cell: (item) => <CustomerLink text={item.operationId ?? item.customerId} />,
        },
        {
          name: 'Before and after',
          cell: ({ before, after }) => <BeforeAndAfter before={before} after={after} />,
        },
      ]}
    />
  )
}

/** Every manual change, and who became an operator. */
export function ChangesView() {
  const operators = useQuery({
    queryKey: [...OPERATOR_KEY, 'operators'],
    queryFn: () => operatorClient.operators.query(),
  })
  return (
    <>
      <Changes />
      <Card title="Operators" lead="Added and removed by the command pnpm operator.">
        <Loaded query={operators}>
          {(items) => (
            <DataTable
              caption="Operators"
              empty="No operators yet."
              items={items}
              keyOf={({ userId, changedAt }) => `${userId} ${changedAt}`}
              columns={[
                { name: 'When', cell: ({ changedAt }) => <When at={changedAt} /> },
                { name: 'Account', cell: ({ email }) => email },
                { name: 'What', cell: ({ change }) => change },
                { name: 'By', cell: ({ changedBy }) => changedBy },
                { name: 'Reason', cell: ({ reason }) => reason },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  )
}

function BeforeAndAfter(props: { before: unknown; after: unknown }) {
  return (
    <details>
      <summary className="cursor-pointer rounded-control">Show</summary>
      <pre className="mt-2 text-xs whitespace-pre-wrap">
        {JSON.stringify({ before: props.before, after: props.after }, null, 2)}
      </pre>
    </details>
  )
}
