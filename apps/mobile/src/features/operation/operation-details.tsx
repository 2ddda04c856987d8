import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { useSpender } from '../activity/use-spender.ts'
import { OperationId } from './operation-id.tsx'
import { OperationResult } from './operation-result.tsx'
import { operationTimes } from './operation-times.ts'

const { t, f } = copy

/** How often a running operation is polled while its details are open. */
const ASK_MS = 2000

/** One operation from its hold to its settlement: its result if still stored, times, amounts, and its id for support. */
export function OperationDetails({ operationId }: { operationId: string }) {
  const receipt = trpc.billing.receipt.useQuery(
    { operationId },
    { refetchInterval: ({ state }) => (state.data?.state === 'executing' ? ASK_MS : false) },
  )
  const spenderOf = useSpender()
  if (receipt.isPending) return <Words as="quiet">Reading the details…</Words>
  if (!receipt.data) {
    return (
      <Card>
        <Words alert>{t.operation.failed}</Words>
        <Button label={t.operation.again} onPress={() => void receipt.refetch()} />
      </Card>
    )
  }
  const operation = receipt.data
  const { member, key } = spenderOf(operation.subjects)
  return (
    <>
      <OperationResult operation={operation} />
      <Card>
        <Words as="title">{t.procedure(operation.procedure)}</Words>
        <Facts
          facts={[
            [t.operation.madeBy, member],
            [t.operation.madeWith, key],
            ...operationTimes(operation),
          ]}
        />
        {operation.charges.map(({ meter, held, charged, balanceAfter }) => (
          <Facts
            key={meter}
            facts={[
              [t.operation.reserved, t.cost.fixed(f, meter, held)],
              [t.operation.charged, t.cost.fixed(f, meter, charged)],
              [
                t.operation.left,
                balanceAfter === null ? null : t.cost.fixed(f, meter, balanceAfter),
              ],
            ]}
          />
        ))}
        <OperationId label={t.operation.id} id={operation.operationId} />
        {operation.chargedBy ? (
          <OperationId label={t.operation.chargedBy} id={operation.chargedBy} />
        ) : null}
      </Card>
    </>
  )
}
