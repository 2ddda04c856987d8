import { html } from 'hono/html'
import type { MeterBalance } from '../../core/schemas/credits.ts'
import type { Html } from '../page-layout.ts'
import { figure, meterBar, when } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'

const SOURCES = { plan: 'Plan', topup: 'Top-up', grant: 'Manual' } as const

/** What is left of every meter, and where it came from. */
export function balancesSection({ billing }: CustomerView): Html {
  const balances = billing.currentSubscription?.experimental.usageMeterBalances ?? []
  return html`<section class="card" aria-labelledby="balances">
    <h2 id="balances">Balances</h2>
    ${
      balances.length === 0
        ? html`<p class="empty">No credits yet.</p>`
        : balances.map((balance) => balanceBar(balance))
    }
  </section>`
}

function balanceBar(balance: MeterBalance): Html {
  const text = balance.unlimited
    ? 'Unlimited'
    : `${figure(balance.availableBalance)} of ${figure(balance.balanceLimit)} left`
  return html`<div class="meter">
    <div class="figures"><span>${balance.name}</span><strong>${text}</strong></div>
    ${
      !balance.unlimited &&
      meterBar({
        label: `${balance.name} left`,
        value: balance.availableBalance,
        max: balance.balanceLimit,
        text,
      })
    }
    <ul class="lines" aria-label="Where ${balance.name} came from">
      ${balance.breakdown.map(
        (line) =>
          html`<li>
            <span>${SOURCES[line.source]}: ${line.name}</span>
            <span>
              ${figure(line.remaining)} of ${figure(line.granted)},
              ${line.expiresAt === null ? 'never expires' : html`until ${when(line.expiresAt)}`}
            </span>
          </li>`,
      )}
    </ul>
  </div>`
}
