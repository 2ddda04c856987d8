import type { ActivityItem } from '@tollgate/contract'

const COLUMNS = [
  'operationId',
  'procedure',
  'meter',
  'status',
  'amount',
  'balanceAfter',
  'startedAt',
  'endedAt',
] as const

/** The ledger as a file for a spreadsheet. */
export function activityCsv(items: readonly ActivityItem[]): string {
  const rows = items.map((item) => COLUMNS.map((column) => cell(item[column])).join(','))
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}

/** Quoted, and never the beginning of a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
