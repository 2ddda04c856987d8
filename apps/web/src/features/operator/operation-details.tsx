import { useQuery } from '@tanstack/react-query'
import type { OperationStory } from '@tollgate/api'
import { Card } from '../../components/card.tsx'
import { Facts } from '../activity/facts.tsx'
import { ChangeButton } from './change-button.tsx'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { dollars } from './money.ts'
import { operatorClient } from './operator-client.ts'
import { OPERATOR_KEY } from './operator-key.ts'
import { When } from './when.tsx'

/** One operation: hold, charge, event, delivery, the backend's entry, and the signed receipt. */
export function OperationDetails({ operationId }: { operationId: string }) {
  const query = useQuery({
    queryKey: [...OPERATOR_KEY, 'operation', operationId],
    queryFn: () => operatorClient.operation.query({ operationId }),
  })
  return (
    <Card title={`Operation ${operationId}`}>
      <Loaded query={query}>
        {(story) =>
          story === null ? <p className="text-muted">It has aged out.</p> : <Story story={story} />
        }
      </Loaded>
    </Card>
  )
}

function Story({ story }: { story: OperationStory }) {
  const { operationId, procedure, state, attempt, startedAt, endedAt, signedReceipt } = story
  return (
    <div className="grid gap-6">
      <Facts
        facts={[
          ['Procedure', procedure],
          ['State', state],
          ['Attempt', attempt],
          ['Held', <When key="held" at={startedAt} />],
          ['Ended', <When key="ended" at={endedAt} />],
        ]}
      />
      {state === 'executing' ? (
        <div>
          <ChangeButton
            label="Release"
            subject={operationId}
            text="The credits are free again. If the work finishes later, nothing is charged."
            run={(reason) => operatorClient.release.mutate({ operationId, reason })}
          />
        </div>
      ) : null}
      <StoryTables story={story} />
      {signedReceipt === null ? null : (
        <details>
          <summary className="cursor-pointer rounded-control font-medium">Signed receipt</summary>
          <code className="mt-2 block text-xs [overflow-wrap:anywhere]">{signedReceipt}</code>
        </details>
      )}
    </div>
  )
}

/** What was held and charged, what is in delivery, and what arrived. */
function StoryTables({ story }: { story: OperationStory }) {
  return (
    <>
      <DataTable
        caption="Hold and charge"
        empty="Nothing was held."
        items={story.holds}
        keyOf={({ meter }) => meter}
        columns={[
          { name: 'Meter', cell: ({ meter }) => meter },
          { name: 'Held', isNumber: true, cell: ({ amount }) => amount },
          { name: 'Charged', isNumber: true, cell: ({ charged }) => charged ?? '–' },
          {
            name: 'Balance after',
            isNumber: true,
            cell: ({ balanceAfter }) => balanceAfter ?? '–',
          },
        ]}
      />
      <ProviderCosts story={story} />
      <h3 className="font-medium">On its way to the billing backend</h3>
      <DataTable
        caption="On its way to the billing backend"
        empty="Nothing is waiting."
        items={story.undelivered}
        keyOf={({ meter }) => meter}
        columns={[
          { name: 'Transaction', cell: ({ transactionId }) => transactionId ?? '–' },
          { name: 'State', cell: ({ state: one }) => one },
          { name: 'Deliveries', isNumber: true, cell: ({ deliveries }) => deliveries },
          { name: 'Reason', cell: ({ reason }) => reason ?? '–' },
          {
            name: 'Actions',
            cell: (event) => <UndeliveredActions {...event} />,
          },
        ]}
      />
      <h3 className="font-medium">Recorded by the billing backend</h3>
      <DataTable
        caption="Recorded by the billing backend"
        empty={story.recorded ? 'Nothing yet.' : 'Not available from the billing backend.'}
        items={story.recorded ?? []}
        keyOf={({ transactionId }) => transactionId}
        columns={[
          { name: 'Transaction', cell: ({ transactionId }) => transactionId },
          { name: 'Meter', cell: ({ meter }) => meter ?? '–' },
          { name: 'Amount', isNumber: true, cell: ({ amount }) => amount },
          { name: 'When', cell: ({ at }) => <When at={at} /> },
        ]}
      />
    </>
  )
}

/** What providers were paid for it, which customers never see. */
function ProviderCosts({ story }: { story: OperationStory }) {
  return (
    <>
      <h3 className="font-medium">Cost at providers</h3>
      <DataTable
        caption="Cost at providers"
        empty="Not known."
        items={story.providerCosts}
        keyOf={({ attempt, provider, model }) => `${attempt} ${provider} ${model}`}
        columns={[
          { name: 'Model', cell: ({ model }) => model },
          { name: 'Provider', cell: ({ provider }) => provider },
          { name: 'Calls', isNumber: true, cell: ({ calls }) => calls },
          { name: 'Tokens in', isNumber: true, cell: ({ inputTokens }) => inputTokens ?? '–' },
          { name: 'Cached', isNumber: true, cell: (cost) => cost.cachedInputTokens ?? '–' },
          { name: 'Tokens out', isNumber: true, cell: ({ outputTokens }) => outputTokens ?? '–' },
          { name: 'Cost', isNumber: true, cell: ({ costMicros }) => dollars(costMicros) },
          { name: 'Source', cell: ({ source }) => source },
        ]}
      />
    </>
  )
}

function UndeliveredActions(event: OperationStory['undelivered'][number]) {
  const { transactionId, state } = event
  if (transactionId === null) return '–'
  if (state === 'quarantined') {
    return (
      <ChangeButton
        label="Replay"
        subject={transactionId}
        text="The event is sent to the billing backend again under its own transaction id, which counts once."
        run={(reason) => operatorClient.replay.mutate({ transactionId, reason })}
      />
    )
  }
  return (
    <ChangeButton
      label="Quarantine"
      subject={transactionId}
      text="It is not sent any more, so that the customer's balance can be read. If the backend has it after all, it counts twice until it is replayed."
      run={(reason) => operatorClient.quarantine.mutate({ transactionId, reason })}
    />
  )
}
