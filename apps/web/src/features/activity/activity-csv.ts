import type { CallSubject, LedgerItem } from '@tollgate/contract'
import type { Spender } from '@tollgate/contract/copy'

const COLUMNS = [
  'id',
  'procedure',
  'name',
  'meter',
  'status',
  'change',
  'balanceAfter',
  'startedAt',
  'endedAt',
  'member',
  'apiKey',
] as const

/** The ledger as CSV for a spreadsheet. */
export function activityCsv(
  items: readonly LedgerItem[],
  spenderOf: (subjects: readonly CallSubject[]) => Spender,
): string {
  const rows = items.map((item) => {
    const line = toLine(item, spenderOf)
    return COLUMNS.map((column) => cell(line[column])).join(',')
  })
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}

/** `change` is the line's effect on the balance: empty while an operation runs, negative for a charge. */
function toLine(
  item: LedgerItem,
  spenderOf: (subjects: readonly CallSubject[]) => Spender,
): Record<(typeof COLUMNS)[number], string | number | null> {
  const { meter, balanceAfter } = item
  if (item.kind === 'change') {
    const { changeId: id, name, reason: status, amount: change, at } = item
    const times = { startedAt: at, endedAt: at }
    const none = { procedure: null, member: null, apiKey: null }
    return { id, ...none, name, meter, status, change, balanceAfter, ...times }
  }
  const { operationId: id, procedure, status, startedAt, endedAt } = item
  const change = status === 'charged' ? -item.amount : 0
  const { member, key: apiKey } = spenderOf(item.subjects)
  const spender = { name: null, member, apiKey }
  return { id, procedure, ...spender, meter, status, change, balanceAfter, startedAt, endedAt }
}

/** Quoted, and protected against formula injection. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
