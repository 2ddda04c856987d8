import { useInfiniteQuery } from '@tanstack/react-query'
import { Card } from '../../components/card.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'
import { More } from './more.tsx'
import { OPERATOR_KEY } from './operator-key.ts'

/** A table with server-side pages, and a button for the next one. */
export function PagedTable<Item>(props: {
  title: string
  lead: string
  empty: string
  /** The query key of the list. */
  queryKey: readonly (string | null)[]
  read: (page: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>
  keyOf: (item: Item) => string
  columns: readonly Column<Item>[]
}) {
  const { title, lead, empty, queryKey, read, keyOf, columns } = props
  const query = useInfiniteQuery({
    queryKey: [...OPERATOR_KEY, ...queryKey],
    queryFn: ({ pageParam }) => read(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <Card title={title} lead={lead}>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              caption={title}
              empty={empty}
              items={pages.flatMap(({ items }) => items)}
              keyOf={keyOf}
              columns={columns}
            />
            <More
              hasMore={query.hasNextPage}
              isLoading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )}
      </Loaded>
    </Card>
  )
}
