import { useQuery } from '@tanstack/react-query'
import { Card } from '../../components/card.tsx'
import { ChangeButton } from './change-button.tsx'
import { CustomerLink } from './customer-link.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { When } from './when.tsx'

/** Holds that may be stuck, and balances in doubt. */
export function HoldsView() {
  const running = useQuery({
    queryKey: [...OPERATOR_KEY, 'running'],
    queryFn: () => operatorClient.running.query(),
  })
  return (
    <>
      <Card
        title="Running for more than two minutes"
        lead="A hold ends on its own when its process dies. Release one whose work hangs."
      >
        <Loaded query={running}>
          {(items) => (
            <DataTable
              caption="Running for more than two minutes"
              empty="Nothing has been running for long."
              items={items}
              keyOf={({ operationId }) => operationId}
              columns={[
                {
                  name: 'Operation',
                  cell: ({ operationId }) => <CustomerLink text={operationId} />,
                },
                { name: 'Procedure', cell: ({ procedure }) => procedure },
                { name: 'Held', isNumber: true, cell: ({ held, meter }) => `${held} ${meter}` },
                { name: 'Since', cell: ({ startedAt }) => <When at={startedAt} /> },
                { name: 'Lease until', cell: ({ leaseUntil }) => <When at={leaseUntil} /> },
                {
                  name: 'Actions',
                  cell: ({ operationId }) => (
                    <ChangeButton
                      label="Release"
                      subject={operationId}
                      text="The credits are free again. If the work finishes later, its result is discarded and nothing is charged."
                      run={(reason) => operatorClient.release.mutate({ operationId, reason })}
                    />
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      <BalancesInDoubt />
    </>
  )
}

function BalancesInDoubt() {
  const unsynced = useQuery({
    queryKey: [...OPERATOR_KEY, 'unsynced'],
    queryFn: () => operatorClient.unsynced.query(),
  })
  return (
    <Card
      title="Balances in doubt"
      lead="The backend answered late or not at all. Each balance is read again automatically."
    >
      <Loaded query={unsynced}>
        {(items) => (
          <DataTable
            caption="Balances in doubt"
            empty="Every balance is certain."
            items={items}
            keyOf={({ customerId }) => customerId}
            columns={[
              { name: 'Customer', cell: ({ customerId }) => <CustomerLink text={customerId} /> },
              { name: 'Read last', cell: ({ syncedAt }) => <When at={syncedAt} /> },
              { name: 'Attempts', isNumber: true, cell: ({ attempts }) => attempts },
              { name: 'Next', cell: ({ retryAt }) => <When at={retryAt} /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
