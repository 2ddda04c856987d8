import type { LedgerItem } from '@tollgate/contract'
import { ledgerStatus, type Spender } from '@tollgate/contract/copy'
import { useCopy } from '../../copy/copy-context.tsx'
import { StatusLabel } from './status-label.tsx'
import { useSpender } from './use-spender.ts'

/** A customer's own ledger, newest first; cards on small screens, a table on larger ones. */
export function ActivityTable(props: {
  items: readonly LedgerItem[]
  onOpen: (item: LedgerItem) => void
}) {
  const { t } = useCopy()
  const spenderOf = useSpender()
  return (
    <table className="w-full text-sm max-sm:block max-sm:overflow-x-clip">
      <caption className="sr-only">{t.usage.activityLead}</caption>
      <thead className="text-left text-[0.8125rem] text-muted max-sm:sr-only max-sm:block">
        <tr className="border-y border-line">
          {COLUMNS.map(({ name, edge }) => (
            <th key={name} scope="col" className={`py-2.5 font-medium ${edge}`}>
              {t.usage[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {props.items.map((item) => (
          <ActivityRow
            key={keyOf(item)}
            item={item}
            spender={item.kind === 'operation' ? spenderOf(item.subjects) : null}
            onOpen={() => props.onOpen(item)}
          />
        ))}
      </tbody>
    </table>
  )
}

const COLUMNS = [
  { name: 'operation', edge: 'pr-3 pl-5 sm:pl-6' },
  { name: 'when', edge: 'px-3' },
  { name: 'status', edge: 'px-3' },
  { name: 'cost', edge: 'px-3 text-right' },
  { name: 'balance', edge: 'pr-5 pl-3 text-right sm:pr-6' },
] as const

function ActivityRow(props: { item: LedgerItem; spender: Spender | null; onOpen: () => void }) {
  const { item, spender, onOpen } = props
  const { t, f } = useCopy()
  const isChange = item.kind === 'change'
  const at = isChange ? item.at : item.startedAt
  return (
    <tr className="relative border-b border-line tabular-nums last:border-0 focus-within:bg-ink/4 hover:bg-ink/4 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-5 max-sm:py-2">
      <td className="sm:py-2 sm:pr-3 sm:pl-6">
        {/* The whole line is its button. */}
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onOpen}
          className="text-left font-medium after:absolute after:inset-0"
        >
          {isChange ? (item.name ?? t.usage.change) : t.procedure(item.procedure)}
        </button>
        <span className="text-[0.8125rem] text-muted max-sm:block sm:ml-2">
          {[t.meter.name(item.meter), spender?.member, spender?.key].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className="whitespace-nowrap text-muted max-sm:order-3 sm:px-3 sm:py-2">
        <time dateTime={at} title={f.dateTime(at)}>
          {f.weekday(at)}, {f.time(at)}
        </time>
      </td>
      <td className="max-sm:order-4 max-sm:text-right sm:px-3 sm:py-2">
        <StatusLabel status={ledgerStatus(item)} />
      </td>
      <td className="text-right font-medium max-sm:order-2 sm:px-3 sm:py-2">
        {isChange && item.amount > 0 ? '+' : ''}
        {f.number(item.amount)}
      </td>
      <td className="text-right text-muted max-sm:order-5 max-sm:col-span-2 sm:py-2 sm:pr-6 sm:pl-3">
        <span className="sm:hidden">{t.usage.balance}: </span>
        {item.balanceAfter === null ? '–' : f.number(item.balanceAfter)}
      </td>
    </tr>
  )
}

function keyOf(item: LedgerItem): string {
  return item.kind === 'change' ? item.changeId : `${item.operationId}:${item.meter}`
}
