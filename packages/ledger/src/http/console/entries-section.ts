import { html } from 'hono/html'
import type { LedgerEntry } from '../../core/schemas/credits.ts'
import { balanceChange } from '../../operator/balance-change.ts'
import type { Html } from '../page-layout.ts'
import { figure, table, when } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'

/** The customer's ledger entries, newest first. */
export function entriesSection({ billing, entries }: CustomerView): Html {
  const path = `/console/customers/${billing.customer.id}`
  return html`<section class="card" aria-labelledby="ledger">
    <h2 id="ledger">Ledger</h2>
    ${table({
      label: 'Ledger entries',
      columns: [
        'When',
        'Type',
        { text: 'Credits', kind: 'number' },
        'Meter',
        { text: 'Source or operation', kind: 'id' },
      ],
      rows: entries.data.map(entryRow),
      empty: 'No entries yet.',
    })}
    ${
      entries.nextCursor !== undefined &&
      html`<p><a href="${path}?before=${entries.nextCursor}#ledger">Older entries</a></p>`
    }
  </section>`
}

function entryRow(entry: LedgerEntry) {
  return [
    when(entry.occurredAt),
    entry.kind.replaceAll('_', ' '),
    signed(entry),
    entry.usageMeterSlug,
    origin(entry),
  ]
}

function signed(entry: LedgerEntry): Html {
  const change = balanceChange(entry)
  if (change === 0) return html`±${figure(entry.amount)}`
  return change > 0
    ? html`<span class="plus">+${figure(change)}</span>`
    : html`<span class="minus">−${figure(-change)}</span>`
}

function origin(entry: LedgerEntry): Html {
  if (entry.operationId !== null) return html`<code>${entry.operationId}</code>`
  if (entry.transactionId !== null) return html`<code>${entry.transactionId}</code>`
  return html`${entry.note ?? entry.grantName}`
}
