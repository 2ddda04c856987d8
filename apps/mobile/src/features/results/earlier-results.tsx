import { describeResult } from '@tollgate/contract/copy'
import { Link, useFocusEffect } from 'expo-router'
import { useCallback, useEffect } from 'react'
import { Pressable, StyleSheet, View } from 'react-native'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { useReplayed } from '../intents/replay-provider.tsx'
import { ResultView } from './result-view.tsx'

type PaidResult = Outputs['billing']['results']['items'][number]

const { t, f } = copy

/** Stored paid results from any device, newest first; of one procedure, or of all. */
export function EarlierResults(props: {
  procedure?: string
  /** The result shown beside the list, by its receipt. */
  shown?: { operationId: string } | null
}) {
  const { procedure, shown } = props
  const shownId = shown?.operationId
  const { billing } = trpc.useUtils()
  const results = trpc.billing.results.useInfiniteQuery(
    { limit: 6, ...(procedure ? { procedure } : {}) },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
  const { outcomes } = useReplayed()
  // A call of this screen, or an earlier one, has ended.
  useEffect(() => void billing.results.invalidate(), [billing, shownId, outcomes])
  // Refetches results from elsewhere when the screen is shown again.
  useFocusEffect(useCallback(() => void billing.results.invalidate(), [billing]))

  if (results.isPending) return <Words as="quiet">Reading your results…</Words>
  if (results.isError) {
    return (
      <Card>
        <Words alert>Your results could not be read.</Words>
        <Button label={t.operation.again} kind="plain" onPress={() => void results.refetch()} />
      </Card>
    )
  }
  const items = results.data.pages
    .flatMap((page) => page.items)
    .filter(({ operationId }) => operationId !== shownId)
  if (items.length === 0) {
    if (procedure) return null
    return <Words as="quiet">Nothing yet. {t.results.goneText(f)}</Words>
  }
  return (
    <Card>
      {procedure ? <Words as="title">{t.results.earlier}</Words> : null}
      {items.map((result) => (
        <Earlier key={result.operationId} result={result} />
      ))}
      {results.hasNextPage ? (
        <Button
          label={t.results.more}
          kind="plain"
          busy={results.isFetchingNextPage}
          onPress={() => void results.fetchNextPage()}
        />
      ) : null}
    </Card>
  )
}

function Earlier({ result }: { result: PaidResult }) {
  const { title, content } = describeResult(result.procedure, result.output)
  const name = t.procedure(result.procedure)
  return (
    <Link href={`/operation/${result.operationId}`} asChild>
      <Pressable style={styles.row}>
        {content.kind === 'picture' || content.kind === 'code' ? (
          <View style={styles.preview} aria-hidden>
            <ResultView content={content} title="" />
          </View>
        ) : null}
        <View style={styles.words}>
          <Words lines={2}>{title ?? name}</Words>
          <Words as="quiet">
            {name} · {t.results.keptUntil(f, result.keptUntil)}
          </Words>
        </View>
      </Pressable>
    </Link>
  )
}

const styles = StyleSheet.create({
  row: { alignItems: 'center', flexDirection: 'row', gap: 12, minHeight: 56 },
  preview: { width: 88 },
  words: { flex: 1, gap: 2 },
})
