import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'

/** Shows the data of a query, or its loading or error state. */
export function Loaded<Data>(props: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}) {
  const { query, children } = props
  if (query.data !== undefined) return children(query.data)
  if (query.isError) {
    return (
      <Notice
        tone="danger"
        title="This could not be loaded"
        actions={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        <p>{query.error.message}</p>
      </Notice>
    )
  }
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-32 w-full" />
    </div>
  )
}
