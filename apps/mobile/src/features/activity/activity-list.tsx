import { useFocusEffect } from 'expo-router'
import { useCallback, useState } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import {
  type ActivityFilter,
  ActivityFilters,
  EVERYTHING,
  toLedgerFilter,
} from './activity-filters.tsx'
import { keyOf, LedgerLine } from './ledger-line.tsx'
import { useSpender } from './use-spender.ts'

/** Operations with their cost, and other balance changes, newest first. */
export function ActivityList() {
  const [filter, setFilter] = useState(EVERYTHING)
  return (
    <>
      <ActivityFilters value={filter} onChange={setFilter} />
      <Lines filter={filter} />
    </>
  )
}

function Lines({ filter }: { filter: ActivityFilter }) {
  const { account, billing } = trpc.useUtils()
  const spenderOf = useSpender()
  const ledger = trpc.billing.ledger.useInfiniteQuery(
    { limit: 20, ...toLedgerFilter(filter) },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
  // A tab keeps its state; refetches when it is shown again.
  useFocusEffect(
    useCallback(() => {
      void billing.ledger.invalidate()
      // Names of keys that were created since are missing.
      void account.spenders.invalidate()
    }, [account, billing]),
  )

  if (ledger.isPending) return <Words as="quiet">Reading your activity…</Words>
  if (ledger.isError) {
    return (
      <Card>
        <Words alert>Your activity could not be read.</Words>
        <Button label="Try again" onPress={() => void ledger.refetch()} />
      </Card>
    )
  }
  const items = ledger.data.pages.flatMap((page) => page.items)
  return (
    <>
      {items.length > 0 ? (
        <Card>
          {items.map((item) => (
            <LedgerLine
              key={keyOf(item)}
              item={item}
              spender={item.kind === 'operation' ? spenderOf(item.subjects) : null}
            />
          ))}
        </Card>
      ) : (
        <Nothing isFiltered={filter !== EVERYTHING} hasMore={ledger.hasNextPage} />
      )}
      {ledger.hasNextPage ? (
        <Button
          label="Show more"
          kind="plain"
          busy={ledger.isFetchingNextPage}
          onPress={() => void ledger.fetchNextPage()}
        />
      ) : null}
    </>
  )
}

function Nothing({ isFiltered, hasMore }: { isFiltered: boolean; hasMore: boolean }) {
  if (hasMore) return <Words as="quiet">Nothing among the newest entries.</Words>
  return (
    <Words as="quiet">
      {isFiltered
        ? 'Nothing matches this filter.'
        : 'No activity yet. Whatever you make is listed here with its price.'}
    </Words>
  )
}
