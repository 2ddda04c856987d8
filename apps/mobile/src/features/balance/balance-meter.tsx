import type { Balance } from '@tollgate/client'
import { describeBalance } from '@tollgate/contract/copy'
import { Platform, StyleSheet, View } from 'react-native'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { usePalette } from '../../ui/palette.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** What is left on a meter, as a bar and in words. */
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
  const state = tone ? t.meter.state[balance.state] : null
  const reset = balance.resetsAt ? t.meter.resets(f, balance.resetsAt) : null
  return (
    <View style={styles.meter}>
      <Words>{describeBalance(balance, copy)}</Words>
      {hasLimit(balance) ? <Bar balance={balance} /> : null}
      {state || reset ? (
        <Words as="quiet" {...(tone ? { tone } : {})}>
          {[state, reset].filter(Boolean).join(' · ')}
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
      aria-label={t.meter.name(balance.meter)}
      aria-valuemin={0}
      aria-valuemax={balance.granted}
      aria-valuenow={Math.min(balance.used, balance.granted)}
      aria-valuetext={describeBalance(balance, copy)}
      style={[styles.track, { backgroundColor: palette.line }]}
    >
      <View
        style={[
          styles.used,
          { width: `${used}%`, backgroundColor: palette[toneOf(balance) ?? 'ok'] },
        ]}
      />
    </View>
  )
}

function hasLimit(balance: Balance): boolean {
  return !balance.unlimited && balance.state !== 'unknown' && balance.granted > 0
}

/** The colour of a balance that needs attention; its word always stands beside it. */
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
  track: { borderRadius: 6, height: 10, overflow: 'hidden' },
  used: { borderRadius: 6, height: 10 },
})
