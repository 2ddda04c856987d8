import type { LedgerItem } from '@tollgate/contract'

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
] as const

/** The ledger as a file for a spreadsheet. */
export function activityCsv(items: readonly LedgerItem[]): string {
  const rows = items.map((item) => {
    const line = toLine(item)
    return COLUMNS.map((column) => cell(line[column])).join(',')
  })
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}

/** `change` is what the line does to the balance: nothing while an operation runs, less for a charge. */
function toLine(item: LedgerItem): Record<(typeof COLUMNS)[number], string | number | null> {
  const { meter, balanceAfter } = item
  if (item.kind === 'change') {
    const { changeId: id, name, reason: status, amount: change, at } = item
    const times = { startedAt: at, endedAt: at }
    return { id, procedure: null, name, meter, status, change, balanceAfter, ...times }
  }
  const { operationId: id, procedure, status, startedAt, endedAt } = item
  const change = status === 'charged' ? -item.amount : 0
  return { id, procedure, name: null, meter, status, change, balanceAfter, startedAt, endedAt }
}

/** Quoted, and never the beginning of a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
