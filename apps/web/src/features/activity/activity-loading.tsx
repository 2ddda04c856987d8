import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Placeholders for the lines while they load. */
export function ActivityLoading() {
  const { t } = useCopy()
  return (
    <div aria-busy className="grid gap-4 border-t border-line p-6">
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-6 w-full" />
      <span className="sr-only">{t.loading}</span>
    </div>
  )
}
