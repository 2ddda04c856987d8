import type { BalanceChange } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { Facts } from './facts.tsx'
import { StatusLabel } from './status-label.tsx'

/** A balance change without an operation. */
export function ChangeDetails(props: { item: BalanceChange }) {
  const { reason, meter, amount, balanceAfter, at, changeId } = props.item
  const { t, f } = useCopy()
  const sign = amount > 0 ? '+' : ''
  return (
    <Facts
      facts={[
        [t.usage.status, <StatusLabel key="status" status={reason} />],
        [t.operation.meter, t.meter.name(meter)],
        [t.operation.changed, `${sign}${f.number(amount)} ${t.meter.units(f, meter, amount)}`],
        [t.operation.left, balanceAfter === null ? '–' : f.number(balanceAfter)],
        [t.usage.when, f.dateTime(at)],
        [t.operation.entryId, <code key="id">{changeId}</code>],
      ]}
    />
  )
}
