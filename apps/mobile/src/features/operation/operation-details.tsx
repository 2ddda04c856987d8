import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { OperationId } from './operation-id.tsx'
import { operationTimes } from './operation-times.ts'

const { t, f } = copy

/** One operation from its hold to its settlement: times, reserved and charged amounts, its id to quote. */
export function OperationDetails({ operationId }: { operationId: string }) {
  const receipt = trpc.billing.receipt.useQuery({ operationId })
  if (receipt.isPending) return <Words as="quiet">Reading the details…</Words>
  if (receipt.isError) {
    return (
      <Card>
        <Words alert>The details could not be read.</Words>
        <Button label="Try again" onPress={() => void receipt.refetch()} />
      </Card>
    )
  }
  if (!receipt.data) return <Words as="quiet">There is no such operation in your account.</Words>
  const operation = receipt.data
  return (
    <Card>
      <Words as="title">{t.procedure(operation.procedure)}</Words>
      <Facts facts={operationTimes(operation, copy)} />
      {operation.charges.map(({ meter, held, charged, balanceAfter }) => (
        <Facts
          key={meter}
          facts={[
            ['Reserved', t.cost.fixed(f, meter, held)],
            ['Charged', t.cost.fixed(f, meter, charged)],
            ['Balance after', balanceAfter === null ? null : t.cost.fixed(f, meter, balanceAfter)],
          ]}
        />
      ))}
      <OperationId label="Operation ID" id={operation.operationId} />
      {operation.chargedBy ? (
        <OperationId label="Charged by operation" id={operation.chargedBy} />
      ) : null}
    </Card>
  )
}
