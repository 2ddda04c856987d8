import { html } from 'hono/html'
import type { Faults } from '../../core/schemas/dev.ts'
import type { Html } from '../page-layout.ts'
import { instantText } from '../../operator/instant-text.ts'

/** The steps by which a button advances the clock. */
const STEPS = { '1h': 'One hour', '1d': 'One day', '1w': 'One week', '1month': 'One month' }

/** The ledger clock and fault injection. */
export function controlsPage(options: { now: number; aheadMs: number; faults: Faults }): Html {
  return html`<h1>Clock and faults</h1>
    <div class="columns">${clockSection(options)} ${paymentSection(options.faults)}</div>
    ${faultsSection(options.faults)}`
}

function clockSection({ now, aheadMs }: { now: number; aheadMs: number }): Html {
  const days = (aheadMs / 86_400_000).toFixed(1).replace(/\.0$/, '')
  return html`<section class="card" aria-labelledby="clock">
    <h2 id="clock">Clock</h2>
    <p class="clock"><time datetime="${new Date(now).toISOString()}">${instantText(now)}</time></p>
    <p class="soft">
      ${aheadMs === 0 ? 'Ledger time is this machine’s time.' : `${days} days ahead of this machine.`}
      Time only moves forward; everything that falls due is processed.
    </p>
    <form method="post" action="/console/controls/clock">
      <p class="buttons">
        ${Object.entries(STEPS).map(
          ([duration, text]) => html`<button name="duration" value="${duration}">${text}</button>`,
        )}
      </p>
    </form>
  </section>`
}

function paymentSection({ failingPayments }: Faults): Html {
  return html`<section class="card" aria-labelledby="failing">
    <h2 id="failing">Payments</h2>
    <p class="soft">Declines stored cards this many times; the checkout page has its own button.</p>
    <form class="row" method="post" action="/console/controls/faults">
      <label
        >Payments to fail<input
          name="failingPayments"
          type="number"
          min="0"
          max="1000"
          required
          value="${failingPayments}"
      /></label>
      <button>Set</button>
    </form>
    <form method="post" action="/console/controls/faults" style="margin-top:.75rem">
      <button class="danger" name="failingPayments" value="1">Fail the next payment</button>
    </form>
  </section>`
}

function faultsSection(faults: Faults): Html {
  return html`<section class="card" aria-labelledby="faults">
    <h2 id="faults">Faults</h2>
    <p class="soft">Applied to the API; the console and the dev controls stay reachable.</p>
    <form class="fields" method="post" action="/console/controls/faults">
      <input type="hidden" name="switches" value="yes" />
      ${checkbox('down', 'The backend is down: every call gets a 503', faults.down)}
      ${checkbox(
        'duplicateDeliveries',
        'Every webhook is delivered twice',
        faults.duplicateDeliveries,
      )}
      <label
        >Delay every response (ms)<input
          name="latencyMs"
          type="number"
          min="0"
          max="60000"
          required
          value="${faults.latencyMs}"
      /></label>
      <div class="buttons"><button class="primary">Apply</button></div>
    </form>
  </section>`
}

function checkbox(name: string, text: string, checked: boolean): Html {
  return html`<label class="check"
    ><input type="checkbox" name="${name}" value="yes" ${checked ? 'checked' : ''} />
    <span>${text}</span></label
  >`
}
