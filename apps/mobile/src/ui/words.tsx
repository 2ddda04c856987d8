import type { ReactNode } from 'react'
import { StyleSheet, Text } from 'react-native'
import { usePalette } from './palette.ts'

/** A heading or a line of text in the scheme's colors; `alert` is read out when it appears. */
export function Words(props: {
  children: ReactNode
  as?: 'title' | 'body' | 'figure' | 'quiet'
  tone?: 'ok' | 'warning' | 'danger'
  alert?: boolean
  /** The maximum number of lines; the rest is cut off. */
  lines?: number
}) {
  const { children, as = 'body', tone, alert = false, lines } = props
  const palette = usePalette()
  const role = alert ? 'alert' : as === 'title' ? 'heading' : undefined
  return (
    <Text
      {...(role ? { role } : {})}
      {...(role === 'heading' ? { 'aria-level': 2 } : {})}
      {...(lines ? { numberOfLines: lines } : {})}
      accessibilityLiveRegion={alert ? 'polite' : undefined}
      style={[
        styles[as],
        { color: tone ? palette[tone] : palette[as === 'quiet' ? 'quiet' : 'text'] },
      ]}
    >
      {children}
    </Text>
  )
}

const styles = StyleSheet.create({
  title: { fontSize: 20, fontWeight: '700' },
  body: { fontSize: 16, lineHeight: 23 },
  figure: { fontSize: 15, fontVariant: ['tabular-nums'], lineHeight: 20 },
  quiet: { fontSize: 14, lineHeight: 20 },
})
