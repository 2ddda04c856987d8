import { ChangeButton } from './change-button.tsx'
import { CustomerLink } from './customer-link.tsx'
import { operatorClient } from './operator-client.ts'
import { PagedTable } from './paged-table.tsx'

/** The part of the backend's refusal with the amount that it recorded under the same id. */
const RECORDED_AMOUNT = /holds amount (\d+) under this id/

/** Usage events that the backend refuses, to be replayed once the cause is fixed. */
export function QuarantineView() {
  return (
    <PagedTable
      title="Usage events in quarantine"
      lead="Fix the reason before you replay an event; otherwise it returns here."
      empty="Nothing is in quarantine."
      queryKey={['quarantined']}
      read={(page) => operatorClient.quarantined.query(page)}
      keyOf={({ transactionId }) => transactionId}
      columns={[
        {
          name: 'Operation',
          cell: ({ operationId }) => <CustomerLink text={operationId} />,
        },
        { name: 'Meter', cell: ({ meter }) => meter },
        { name: 'Amount', isNumber: true, cell: ({ amount }) => amount },
        { name: 'Reason', cell: ({ reason }) => reason ?? '–' },
        {
          name: 'Actions',
          cell: ({ transactionId, reason }) => (
            <EventActions transactionId={transactionId} reason={reason} />
          ),
        },
      ]}
    />
  )
}

function EventActions(props: { transactionId: string; reason: string | null }) {
  const { transactionId } = props
  const amount = RECORDED_AMOUNT.exec(props.reason ?? '')?.[1]
  return (
    <span className="flex flex-wrap gap-2">
      <ChangeButton
        label="Replay"
        subject={transactionId}
        text="The event is sent to the billing backend again under its own transaction id, which counts once."
        run={(reason) => operatorClient.replay.mutate({ transactionId, reason })}
      />
      {amount === undefined ? null : (
        <ChangeButton
          label={`Accept ${amount}`}
          subject={transactionId}
          text={`The customer is charged ${amount}, as the backend recorded it, and sees the difference as an adjustment.`}
          run={(reason) =>
            operatorClient.accept.mutate({ transactionId, amount: Number(amount), reason })
          }
        />
      )}
    </span>
  )
}
