import type { LedgerItem } from '@tollgate/contract'
import { trpc } from '../../connection/trpc.ts'
import { activityCsv } from './activity-csv.ts'

const PAGE_ITEMS = 100
/** A spreadsheet of this length is what a browser makes without trouble. */
const ITEMS_MAX = 10_000

/** Saves the whole ledger ("all"), or one meter of it, as a file; also what is not on screen. */
export function useExportActivity(): (meter: string) => Promise<void> {
  const { client } = trpc.useUtils()
  return async (meter) => {
    const items: LedgerItem[] = []
    let cursor: string | null = null
    do {
      const page: { items: LedgerItem[]; nextCursor: string | null } =
        await client.billing.ledger.query({ limit: PAGE_ITEMS, cursor })
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null && items.length < ITEMS_MAX)
    save(activityCsv(items.filter((item) => meter === 'all' || item.meter === meter)))
  }
}

function save(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = 'tollgate-activity.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
