import { html } from 'hono/html'
import type { Html } from '../page-layout.ts'
import { figure } from './page-parts.ts'

const WIDTH = 340
const HEIGHT = 150
const LEFT = 34
const BOTTOM = 20
const TOP = 12

/** A bar chart with a bar per day; the table below it has the same figures for screen readers. */
export function usageChart(options: {
  title: string
  days: readonly string[]
  amounts: ReadonlyMap<string, number>
}): Html {
  const { title, days, amounts } = options
  const max = Math.max(1, ...amounts.values())
  const step = (WIDTH - LEFT) / days.length
  const floor = HEIGHT - BOTTOM
  const bars = days.map((day, index) => {
    const amount = amounts.get(day) ?? 0
    const height = amount === 0 ? 0 : Math.max((amount / max) * (floor - TOP), 2)
    const x = LEFT + index * step + step * 0.15
    return html`<rect
      x="${x.toFixed(1)}"
      y="${(floor - height).toFixed(1)}"
      width="${(step * 0.7).toFixed(1)}"
      height="${height.toFixed(1)}"
      rx="1"
    >
      <title>${day}: ${figure(amount)}</title>
    </rect>`
  })
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
    <line x1="${LEFT}" x2="${WIDTH}" y1="${TOP}" y2="${TOP}" />
    <line x1="${LEFT}" x2="${WIDTH}" y1="${floor}" y2="${floor}" />
    <text x="${LEFT - 6}" y="${TOP + 4}" text-anchor="end">${short(max)}</text>
    <text x="${LEFT - 6}" y="${floor}" text-anchor="end">0</text>
    ${bars}
    <text x="${LEFT}" y="${HEIGHT - 4}">${days[0]}</text>
    <text x="${WIDTH}" y="${HEIGHT - 4}" text-anchor="end">${days.at(-1)}</text>
  </svg>`
}

function short(amount: number): string {
  return new Intl.NumberFormat('en-US', { notation: 'compact' }).format(amount)
}
