import { ledgerStatus, type Spender } from '@tollgate/contract/copy'
import { Link } from 'expo-router'
import { Pressable, StyleSheet, View } from 'react-native'
import type { Outputs } from '../../connection/trpc.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

/** One line of the customer's ledger. */
export type LedgerItem = Outputs['billing']['ledger']['items'][number]

const { t, f } = copy

/** One line: what happened, when, how it ended, by whom, what it cost and what was left. An operation links to its details. */
export function LedgerLine(props: { item: LedgerItem; spender: Spender | null }) {
  const { item, spender } = props
  if (item.kind === 'change') {
    return (
      <View style={styles.line}>
        <Rows item={item} spender={spender} />
      </View>
    )
  }
  return (
    <Link href={`/operation/${item.operationId}`} asChild>
      <Pressable style={styles.line}>
        <Rows item={item} spender={spender} />
      </Pressable>
    </Link>
  )
}

function Rows({ item, spender }: { item: LedgerItem; spender: Spender | null }) {
  const isChange = item.kind === 'change'
  const at = isChange ? item.at : item.startedAt
  const status = t.statuses[ledgerStatus(item)]
  const facts = [`${f.weekday(at)}, ${f.time(at)}`, status, spender?.member, spender?.key]
  return (
    <>
      <View style={styles.row}>
        <View style={styles.what}>
          <Words>{isChange ? (item.name ?? status) : t.procedure(item.procedure)}</Words>
        </View>
        <Words>{amountOf(item)}</Words>
      </View>
      <View style={styles.row}>
        <View style={styles.what}>
          <Words as="quiet">{facts.filter(Boolean).join(' · ')}</Words>
        </View>
        {item.balanceAfter === null ? null : (
          <Words as="quiet">{f.number(item.balanceAfter)} left</Words>
        )}
      </View>
    </>
  )
}

function amountOf(item: LedgerItem): string {
  const amount = t.cost.fixed(f, item.meter, item.amount)
  return item.kind === 'change' && item.amount > 0 ? `+${amount}` : amount
}

/** The unique key of a line. */
export function keyOf(item: LedgerItem): string {
  return item.kind === 'change' ? item.changeId : `${item.operationId} ${item.meter}`
}

const styles = StyleSheet.create({
  line: { gap: 2, minHeight: 44 },
  row: { flexDirection: 'row', gap: 12 },
  what: { flex: 1 },
})
