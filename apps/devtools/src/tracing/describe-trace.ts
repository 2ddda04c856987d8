import type { RecordedSpan } from './create-span-recorder.ts'

const BAR_WIDTH = 40

/** A trace as terminal lines: span, duration, and its position in the whole. */
export function describeTrace(spans: readonly RecordedSpan[]): string {
  const whole = Math.max(...spans.map(({ from, milliseconds }) => from + milliseconds), 1)
  const scale = (milliseconds: number) => Math.round((milliseconds / whole) * BAR_WIDTH)
  return spans
    .map(({ span, from, milliseconds }, index) => {
      const bar = `${' '.repeat(scale(from))}${'█'.repeat(Math.max(1, scale(milliseconds)))}`
      const number = String(index + 1).padStart(4)
      return `${number}  ${span.padEnd(8)} ${milliseconds.toFixed(2).padStart(9)} ms  ${bar}`
    })
    .join('\n')
}
