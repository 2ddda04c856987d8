import { usedShare } from '@tollgate/contract'
import { html } from 'hono/html'
import type { MeterBalance } from '../../core/schemas/credits.ts'
import type { Html } from '../page-layout.ts'
import { figure, meterBar, when } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'

const SOURCES = { plan: 'Plan', topup: 'Top-up', grant: 'Manual' } as const

/** What is used and left of every meter, and the source of its credits. */
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
  const text = standingText(balance)
  return html`<div class="meter">
    <div class="figures"><span>${balance.name}</span><strong>${text}</strong></div>
    ${
      !balance.unlimited &&
      meterBar({
        label: balance.name,
        value: balance.usedBalance,
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

/** Used first, like the bar: "3 of 10 used · 30% · 7 left". */
function standingText(balance: MeterBalance): string {
  const { usedBalance: used, balanceLimit: granted, availableBalance, unlimited } = balance
  if (unlimited) return `Unlimited · ${figure(used)} used`
  const share = usedShare({ granted, used, unlimited }, (percent) => `${figure(percent)}%`)
  return [`${figure(used)} of ${figure(granted)} used`, share, `${figure(availableBalance)} left`]
    .filter(Boolean)
    .join(' · ')
}
