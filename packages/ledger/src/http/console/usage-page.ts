import { html } from 'hono/html'
import type { UsageMeterRecord } from '../../core/pricing-model.ts'
import type { DayOfUsage } from '../../usage/read-usage-per-day.ts'
import type { Html } from '../page-layout.ts'
import { figure, select, table } from './page-parts.ts'
import { usageChart } from './usage-chart.ts'

/** The periods in days that can be selected. */
export const DAY_RANGES = [7, 30, 90] as const

/** Usage per day: a chart per meter, and the figures. */
export function usagePage(options: {
  days: readonly string[]
  meters: readonly Pick<UsageMeterRecord, 'slug' | 'name'>[]
  usage: readonly DayOfUsage[]
}): Html {
  const { days, meters, usage } = options
  return html`<h1>Usage per day</h1>
    <div class="card">
      <form class="row" method="get" action="/console/usage">
        ${select({
          label: 'Days',
          name: 'days',
          choices: DAY_RANGES.map((count) => ({
            value: String(count),
            text: `Last ${count} days`,
          })),
          chosen: String(days.length),
        })}
        <button>Show</button>
      </form>
    </div>
    <div class="columns">
      ${meters.map(({ slug, name }) => {
        const own = usage.filter(({ usageMeterSlug }) => usageMeterSlug === slug)
        const amounts = new Map(own.map(({ day, amount }) => [day, amount]))
        return chartCard({ name, days, amounts })
      })}
    </div>
    <section class="card" aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      ${table({
        label: 'Usage per day',
        columns: [
          'Day (UTC)',
          'Meter',
          { text: 'Charged', kind: 'number' },
          { text: 'Events', kind: 'number' },
        ],
        rows: usage
          .toReversed()
          .map(({ day, usageMeterSlug, amount, events }) => [
            day,
            usageMeterSlug,
            figure(amount),
            figure(events),
          ]),
        empty: 'No usage in these days.',
      })}
    </section>`
}

function chartCard(options: {
  name: string
  days: readonly string[]
  amounts: ReadonlyMap<string, number>
}): Html {
  const { name, days, amounts } = options
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0)
  return html`<section class="card" aria-label="${name}">
    <div class="meter">
      <div class="figures">
        <h2>${name}</h2>
        <strong>${figure(total)}</strong>
      </div>
      ${usageChart({ title: `${name} per day, ${figure(total)} in all`, days, amounts })}
    </div>
  </section>`
}
