import type { ReactNode } from 'react'
import { StyleSheet, Text } from 'react-native'
import { usePalette } from './palette.ts'

/** A heading or a line of text in the scheme's colours; `alert` is read out when it appears. */
export function Words(props: {
  children: ReactNode
  as?: 'title' | 'body' | 'quiet'
  tone?: 'ok' | 'warning' | 'danger'
  alert?: boolean
}) {
  const { children, as = 'body', tone, alert = false } = props
  const palette = usePalette()
  const role = alert ? 'alert' : as === 'title' ? 'header' : undefined
  return (
    <Text
      accessibilityRole={role}
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
  quiet: { fontSize: 14, lineHeight: 20 },
})
