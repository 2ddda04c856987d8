import { html } from 'hono/html'
import type { WebhookDelivery, WebhookEndpoint } from '../../core/schemas/webhook.ts'
import type { Html } from '../page-layout.ts'
import { table, tag, type Tone, when } from './page-parts.ts'

const TONES: Record<WebhookDelivery['status'], Tone> = {
  pending: 'warn',
  delivered: 'good',
  failed: 'bad',
}

/** Webhook endpoints and deliveries, with replay. */
export function webhooksPage(options: {
  endpoints: WebhookEndpoint[]
  deliveries: WebhookDelivery[]
  /** Shown once, right after the endpoint was added. */
  added: { url: string; secret: string } | null
}): Html {
  const { endpoints, deliveries, added } = options
  return html`<h1>Webhooks</h1>
    ${
      added &&
      html`<div class="card" role="status">
        <h2>Signing secret of ${added.url}</h2>
        <p><code>${added.secret}</code></p>
        <p class="soft">Copy it now: it is shown only once.</p>
      </div>`
    }
    <section class="card" aria-labelledby="log">
      <h2 id="log">Log</h2>
      ${table({
        label: 'Webhook deliveries',
        columns: ['When', 'Event', { text: 'Endpoint', kind: 'id' }, 'State', 'Replay'],
        rows: deliveries.map(deliveryRow),
        empty: 'No deliveries yet.',
      })}
    </section>
    <section class="card" aria-labelledby="endpoints">
      <h2 id="endpoints">Endpoints</h2>
      ${table({
        label: 'Webhook endpoints',
        columns: [{ text: 'Endpoint', kind: 'name' }, 'Events', 'State'],
        rows: endpoints.map(endpointRow),
        empty: 'No webhook endpoints yet.',
      })}
      <form class="row" method="post" action="/console/webhooks/add">
        <label
          >Endpoint URL<input
            type="url"
            name="url"
            required
            placeholder="http://127.0.0.1:3000/api/webhooks/billing"
        /></label>
        <button>Add</button>
      </form>
    </section>`
}

function deliveryRow(delivery: WebhookDelivery) {
  return [
    when(delivery.createdAt),
    html`${delivery.type}
      <details>
        <summary>${delivery.eventId}</summary>
        <pre>${JSON.stringify(delivery.payload, null, 2)}</pre>
      </details>`,
    html`<code>${delivery.url}</code>`,
    html`${tag(delivery.status, TONES[delivery.status])}
      <div class="hint">${attemptsText(delivery)}</div>`,
    html`<form method="post" action="/console/webhooks/replay">
      <input type="hidden" name="eventId" value="${delivery.eventId}" />
      <button aria-label="Replay ${delivery.type} ${delivery.eventId}">Replay</button>
    </form>`,
  ]
}

function attemptsText({ attempts, lastError, lastStatus }: WebhookDelivery): string {
  const count = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  const result = lastError ?? (lastStatus === null ? null : `answered with ${lastStatus}`)
  return result === null ? count : `${count}, ${result}`
}

function endpointRow({ id, url, active, filterTypes }: WebhookEndpoint) {
  return [
    html`<code>${url}</code>`,
    filterTypes.join(', '),
    html`<form class="row" method="post" action="/console/webhooks/switch">
      ${active ? tag('on', 'good') : tag('off', 'plain')}
      <input type="hidden" name="webhookId" value="${id}" />
      <input type="hidden" name="active" value="${active ? 'no' : 'yes'}" />
      <button aria-label="Switch ${url} ${active ? 'off' : 'on'}">
        Switch ${active ? 'off' : 'on'}
      </button>
    </form>`,
  ]
}
