import type { ActivityItem, OperationReceipt } from '@tollgate/contract'
import { describeResult, type LedgerStatus } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Facts } from './facts.tsx'
import { OperationResult } from './operation-result.tsx'
import { SignedReceipt } from './signed-receipt.tsx'
import { StatusLabel } from './status-label.tsx'
import { useSpender } from './use-spender.ts'

/** How often a running operation is polled while its details are open. */
const ASK_MS = 2000

/** One operation from its hold to its settlement, with its result if it is still stored. */
export function OperationDetails(props: { item: ActivityItem }) {
  const { item } = props
  const { t } = useCopy()
  const { operationId } = item
  const receipt = trpc.billing.receipt.useQuery(
    { operationId },
    { refetchInterval: ({ state }) => (state.data?.state === 'executing' ? ASK_MS : false) },
  )
  if (receipt.isPending) {
    return (
      <div aria-busy className="grid gap-3">
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-40 w-full" />
        <span className="sr-only">{t.loading}</span>
      </div>
    )
  }
  if (!receipt.data) {
    return (
      <div className="grid justify-items-start gap-3">
        <p>{t.operation.failed}</p>
        <Button onClick={() => void receipt.refetch()}>{t.operation.again}</Button>
      </div>
    )
  }
  return <Details receipt={receipt.data} item={item} />
}

type Receipt = NonNullable<Outputs['billing']['receipt']>

function Details(props: { receipt: Receipt; item: ActivityItem }) {
  const { receipt, item } = props
  const { operationId, procedure, result, chargedBy, signed } = receipt
  const { t } = useCopy()
  const { title } = describeResult(procedure, result?.output)
  const { member, key } = useSpender()(receipt.subjects)
  return (
    <div className="grid gap-5">
      {title ? <p className="text-[1.0625rem] font-medium break-words">{title}</p> : null}
      <Facts
        facts={[
          [t.usage.status, <StatusLabel key="status" status={statusOf(receipt, item)} />],
          ...(member ? [[t.operation.madeBy, member] as const] : []),
          ...(key ? [[t.operation.madeWith, key] as const] : []),
          ...useTimes(receipt),
          [t.operation.id, <code key="id">{operationId}</code>],
          ...(chargedBy
            ? [[t.operation.chargedBy, <code key="by">{chargedBy}</code>] as const]
            : []),
        ]}
      />
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <CopyButton text={operationId} />
        {signed ? <SignedReceipt operationId={operationId} signed={signed} /> : null}
      </div>
      <Charges receipt={receipt} />
      <OperationResult receipt={receipt} />
    </div>
  )
}

/** The receipt is newer than the line that was opened. */
function statusOf(receipt: OperationReceipt, item: ActivityItem): LedgerStatus {
  if (receipt.state === 'executing') return item.status
  if (receipt.state !== 'settled') return 'released'
  return receipt.charges.some(({ charged }) => charged > 0) ? 'charged' : 'free'
}

function useTimes({ heldAt, endedAt, state }: OperationReceipt): (readonly [string, ReactNode])[] {
  const { t, f } = useCopy()
  const held = [t.operation.held, f.dateTime(heldAt)] as const
  if (endedAt === null) return [held, [t.operation.took, t.operation.running]]
  const seconds = Math.max(0, Date.parse(endedAt) - Date.parse(heldAt)) / 1000
  const end = state === 'settled' ? t.operation.settled : t.operation.released
  return [held, [end, f.dateTime(endedAt)], [t.operation.took, t.operation.seconds(f, seconds)]]
}

function Charges(props: { receipt: OperationReceipt }) {
  const { charges, state } = props.receipt
  const { t, f } = useCopy()
  const isSettled = state === 'settled'
  return (
    <table className="w-full text-sm tabular-nums">
      <thead className="text-left text-[0.8125rem] text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-2 pr-3 font-medium">
            {t.operation.meter}
          </th>
          {[t.operation.reserved, t.operation.charged, t.operation.left].map((name) => (
            <th key={name} scope="col" className="py-2 pl-3 text-right font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {charges.map(({ meter, held, charged, balanceAfter }) => (
          <tr key={meter} className="border-b border-line last:border-0">
            <th scope="row" className="py-2 pr-3 text-left font-normal">
              {t.meter.name(meter)}
            </th>
            <td className="py-2 pl-3 text-right">{f.number(held)}</td>
            <td className="py-2 pl-3 text-right">{isSettled ? f.number(charged) : '–'}</td>
            <td className="py-2 pl-3 text-right">
              {balanceAfter === null ? '–' : f.number(balanceAfter)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
