import type { Balance } from '@tollgate/client'
import { Platform, StyleSheet, View } from 'react-native'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { type Palette, usePalette } from '../../ui/palette.ts'
import { Words } from '../../ui/words.tsx'
import { catalogMeter } from './catalog-meter.ts'
import { describeBalance, describeReset, describeState } from './describe-balance.ts'

/** What is left on a meter, as a bar and in words. */
export function BalanceMeter({ meter }: { meter: string }) {
  const { balances, isPending, isError } = useTollgate().useBalances()
  const balance = balances?.find((one) => one.meter === meter)
  if (balance) return <Standing balance={balance} />
  if (isPending) return <Words as="quiet">Reading your balance…</Words>
  return (
    <Words as="quiet" {...(isError ? { tone: 'warning' as const } : {})}>
      Balance unavailable
    </Words>
  )
}

function Standing({ balance }: { balance: Balance }) {
  const state = describeState(balance)
  const reset = describeReset(balance)
  return (
    <View style={styles.meter}>
      <Words>{describeBalance(balance)}</Words>
      {hasLimit(balance) ? <Bar balance={balance} /> : null}
      {state || reset ? (
        <Words as="quiet" {...(state ? { tone: state.tone } : {})}>
          {[state?.word, reset].filter(Boolean).join(' · ')}
        </Words>
      ) : null}
    </View>
  )
}

function Bar({ balance }: { balance: Balance }) {
  const palette = usePalette()
  const used = Math.min(100, balance.percentUsed ?? 0)
  return (
    <View
      accessible
      // Phones know no meter; of the roles they know only this one is read out with its value.
      {...(Platform.OS === 'web' ? { role: 'meter' } : { accessibilityRole: 'progressbar' })}
      aria-label={catalogMeter(balance.meter)?.name ?? balance.meter}
      aria-valuemin={0}
      aria-valuemax={balance.granted}
      aria-valuenow={Math.min(balance.used, balance.granted)}
      aria-valuetext={describeBalance(balance)}
      style={[styles.track, { backgroundColor: palette.line }]}
    >
      <View
        style={[styles.used, { width: `${used}%`, backgroundColor: colourOf(balance, palette) }]}
      />
    </View>
  )
}

function hasLimit(balance: Balance): boolean {
  return !balance.unlimited && balance.state !== 'unknown' && balance.granted > 0
}

function colourOf(balance: Balance, palette: Palette): string {
  const state = describeState(balance)
  return state ? palette[state.tone] : palette.ok
}

const styles = StyleSheet.create({
  meter: { gap: 8 },
  track: { borderRadius: 6, height: 10, overflow: 'hidden' },
  used: { borderRadius: 6, height: 10 },
})
