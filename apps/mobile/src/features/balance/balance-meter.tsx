import type { Balance } from '@tollgate/client'
import { describeBalance, meterParts } from '@tollgate/contract/copy'
import { Platform, StyleSheet, View } from 'react-native'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { usePalette } from '../../ui/palette.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** The use of a meter, as a bar and in words, and what is left. */
export function BalanceMeter({ meter }: { meter: string }) {
  const { balances, isPending, isError } = useTollgate().useBalances()
  const balance = balances?.find((one) => one.meter === meter)
  if (balance) return <Standing balance={balance} />
  if (isPending) return <Words as="quiet">Reading your balance…</Words>
  return (
    <Words as="quiet" {...(isError ? { tone: 'warning' as const } : {})}>
      {t.meter.unknown}
    </Words>
  )
}

function Standing({ balance }: { balance: Balance }) {
  const tone = toneOf(balance)
  const { used, left } = describeBalance(balance, copy)
  const notes = [
    left,
    balance.held > 0 ? t.meter.held(f, balance.held) : null,
    tone ? t.meter.state[balance.state] : null,
    balance.resetsAt ? t.meter.resets(f, balance.resetsAt) : null,
  ].filter((note) => note !== null)
  return (
    <View style={styles.meter}>
      <Words>{used}</Words>
      {hasLimit(balance) ? <Bar balance={balance} /> : null}
      {notes.length > 0 ? (
        <Words as="quiet" {...(tone ? { tone } : {})}>
          {notes.join(' · ')}
        </Words>
      ) : null}
    </View>
  )
}

function Bar({ balance }: { balance: Balance }) {
  const palette = usePalette()
  const { usedPercent, heldPercent } = meterParts(balance)
  const { used, left } = describeBalance(balance, copy)
  return (
    <View
      accessible
      // Phones have no `meter` role; of those they have, only this one is read out with its value.
      {...(Platform.OS === 'web' ? { role: 'meter' } : { accessibilityRole: 'progressbar' })}
      aria-label={t.meter.name(balance.meter)}
      aria-valuemin={0}
      aria-valuemax={balance.granted}
      aria-valuenow={Math.min(balance.used, balance.granted)}
      aria-valuetext={[used, left].join(', ')}
      style={[styles.track, { backgroundColor: palette.line }]}
    >
      <View
        style={[
          styles.used,
          { width: `${usedPercent}%`, backgroundColor: palette[toneOf(balance) ?? 'ok'] },
        ]}
      />
      {heldPercent > 0 ? <Held percent={heldPercent} color={palette.ok} /> : null}
    </View>
  )
}

/** Stripes for held credits. */
function Held(props: { percent: number; color: string }) {
  return (
    <View style={[styles.held, { width: `${props.percent}%` }]}>
      {Array.from({ length: STRIPES }, (_, index) => (
        <View key={index} style={[styles.stripe, { backgroundColor: props.color }]} />
      ))}
    </View>
  )
}

/** Enough to fill the bar of the widest phone; the rest is clipped. */
const STRIPES = 80

function hasLimit(balance: Balance): boolean {
  return !balance.unlimited && balance.state !== 'unknown' && balance.granted > 0
}

/** The color of a balance that needs attention; always accompanied by a word. */
function toneOf({ state }: Balance): 'warning' | 'danger' | null {
  switch (state) {
    case 'warning':
      return 'warning'
    case 'critical':
    case 'exhausted':
    case 'overage':
      return 'danger'
    case 'ok':
    case 'unlimited':
    case 'unknown':
      return null
  }
}

const styles = StyleSheet.create({
  meter: { gap: 8 },
  track: { borderRadius: 6, flexDirection: 'row', height: 10, overflow: 'hidden' },
  used: { height: 10 },
  held: { flexDirection: 'row', gap: 4, height: 10, overflow: 'hidden' },
  stripe: { height: 16, marginTop: -3, transform: [{ rotate: '45deg' }], width: 3 },
})
