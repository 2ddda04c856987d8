import { useQueryClient } from '@tanstack/react-query'
import { spenderOf } from '@tollgate/contract/copy'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { activityCsv } from './activity-csv.ts'
import { type ActivityFilter, toLedgerFilter } from './activity-filter.ts'
import { readLedger } from './read-ledger.ts'
import { useReadPage } from './use-read-page.ts'

/** Exports everything that the filter selects, beyond the page on screen. */
export function useExportActivity(): (filter: ActivityFilter) => Promise<void> {
  const queryClient = useQueryClient()
  const read = useReadPage()
  const { account } = trpc.useUtils()
  const { t } = useCopy()
  return async (chosen) => {
    const filter = toLedgerFilter(chosen, new Date())
    const { items } = await readLedger(
      (page) =>
        // Through the query client, which retries rate-limited pages.
        queryClient.fetchQuery({
          queryKey: ['activity-export', page],
          queryFn: () => read(page),
          gcTime: 0,
        }),
      { lines: Infinity, cursor: null, filter },
    )
    const spenders = await account.spenders.fetch()
    save(activityCsv(items, (subjects) => spenderOf(subjects, spenders, t.operation.former)))
  }
}

function save(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = 'tollgate-activity.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
