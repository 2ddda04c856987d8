import type { ActivityItem } from '@tollgate/client'
import { StyleSheet, View } from 'react-native'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** Every operation with what it cost and what was left, newest first. */
export function ActivityList() {
  const activity = trpc.billing.activity.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
  if (activity.isPending) return <Words as="quiet">Reading your activity…</Words>
  if (activity.isError) {
    return (
      <Card>
        <Words alert>Your activity could not be read.</Words>
        <Button label="Try again" onPress={() => void activity.refetch()} />
      </Card>
    )
  }
  const items = activity.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return <Words as="quiet">Nothing yet. What you generate is listed here with its cost.</Words>
  }
  return (
    <Card>
      {items.map((item) => (
        <Line key={`${item.operationId} ${item.meter}`} item={item} />
      ))}
      {activity.hasNextPage ? (
        <Button
          label="Show more"
          kind="plain"
          busy={activity.isFetchingNextPage}
          onPress={() => void activity.fetchNextPage()}
        />
      ) : null}
    </Card>
  )
}

function Line({ item }: { item: ActivityItem }) {
  const left = item.balanceAfter === null ? null : `${f.number(item.balanceAfter)} left`
  return (
    <View style={styles.line}>
      <Words>
        {t.procedure(item.procedure)} · {costOf(item)}
      </Words>
      <Words as="quiet">
        {[new Date(item.startedAt).toLocaleString(), left].filter(Boolean).join(' · ')}
      </Words>
    </View>
  )
}

function costOf(item: ActivityItem): string {
  const amount = t.cost.fixed(f, item.meter, item.amount)
  switch (item.status) {
    case 'held':
      return `${amount} reserved`
    case 'charged':
      return amount
    case 'released':
      return 'not charged'
  }
}

const styles = StyleSheet.create({ line: { gap: 2 } })
