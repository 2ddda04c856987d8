import type { Trace } from './trace-log.ts'

const BAR_WIDTH = 40

/** A trace as lines for a terminal: station, time, and where in the whole it lies. */
export function describeTrace(trace: Trace): string {
  const whole = Math.max(...trace.map(({ from, milliseconds }) => from + milliseconds), 1)
  const scale = (milliseconds: number) => Math.round((milliseconds / whole) * BAR_WIDTH)
  return trace
    .map(({ station, from, milliseconds }, index) => {
      const bar = `${' '.repeat(scale(from))}${'█'.repeat(Math.max(1, scale(milliseconds)))}`
      const number = String(index + 1).padStart(4)
      return `${number}  ${station.padEnd(8)} ${milliseconds.toFixed(2).padStart(9)} ms  ${bar}`
    })
    .join('\n')
}
