import { useQuery } from '@tanstack/react-query'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ChangeButton } from './change-button.tsx'
import { CustomerLink } from './customer-link.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { When } from './when.tsx'

const KINDS = {
  missing_at_backend: 'Missing at the backend',
  missing_in_metering: 'Missing in metering',
  different: 'Different',
} as const

/** What the last comparison of a week's usage with the billing backend found. */
export function DriftView() {
  const { f } = useCopy()
  const query = useQuery({
    queryKey: [...OPERATOR_KEY, 'drift'],
    queryFn: () => operatorClient.drift.query(),
  })
  return (
    <Card
      title="Drift"
      lead="Usage of the last week where metering and the billing backend disagree."
    >
      <Loaded query={query}>
        {(drift) =>
          drift === null ? (
            <p className="text-muted">This server has not finished a comparison yet.</p>
          ) : (
            <div className="grid gap-4">
              <p className="text-sm">
                {f.number(drift.total)} found, <When at={drift.checkedAt} />
              </p>
              <DataTable
                caption="Drift"
                empty="Metering and the billing backend agree."
                items={drift.events}
                keyOf={({ transactionId }) => transactionId}
                columns={[
                  { name: 'What', cell: ({ kind }) => KINDS[kind] },
                  {
                    name: 'Customer',
                    cell: ({ customerId }) => <CustomerLink text={customerId} />,
                  },
                  { name: 'Meter', cell: ({ meter }) => meter ?? '–' },
                  {
                    name: 'Metering',
                    isNumber: true,
                    cell: ({ meteringAmount }) => meteringAmount ?? '–',
                  },
                  {
                    name: 'Backend',
                    isNumber: true,
                    cell: ({ backendAmount }) => backendAmount ?? '–',
                  },
                  { name: 'When', cell: ({ occurredAt }) => <When at={occurredAt} /> },
                  {
                    name: 'Actions',
                    cell: ({ kind, transactionId }) =>
                      kind === 'missing_at_backend' ? (
                        <ChangeButton
                          label="Redeliver"
                          subject={transactionId}
                          text="The event is delivered again under its own transaction id; one that arrived after all counts once."
                          run={(reason) =>
                            operatorClient.redeliver.mutate({ transactionId, reason })
                          }
                        />
                      ) : (
                        '–'
                      ),
                  },
                ]}
              />
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}
