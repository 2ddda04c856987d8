import { html } from 'hono/html'
import type { Violation } from '../../check-invariants.ts'
import type { Html } from '../page-layout.ts'
import { figure, table, tag } from './page-parts.ts'

/** The ledger checks and their result. */
export function ledgerChecksPage(violations: Violation[] | null): Html {
  return html`<h1>Ledger checks</h1>
    <section class="card" aria-labelledby="checks">
      <h2 id="checks">Check every ledger invariant</h2>
      <p class="soft">
        Compares balances with entries, grants with what was taken from them, and usage events with
        charges, over all organisations.
      </p>
      <form method="get" action="/console/ledger-checks">
        <p><button class="primary" name="check" value="now">Check now</button></p>
      </form>
      ${violations && (violations.length === 0 ? intact() : broken(violations))}
    </section>`
}

function intact(): Html {
  return html`<p role="status">${tag('passed', 'good')} All ledger checks passed.</p>`
}

function broken(violations: Violation[]): Html {
  return html`<p role="alert">${tag('failed', 'bad')} Some ledger checks failed.</p>
    ${table({
      label: 'Failed checks',
      columns: [
        { text: 'Invariant', kind: 'name' },
        { text: 'Violating rows', kind: 'number' },
        { text: 'Example', kind: 'id' },
      ],
      rows: violations.map(({ invariant, broken: rows, example }) => [
        invariant,
        figure(rows),
        html`<code>${JSON.stringify(example)}</code>`,
      ]),
      empty: '',
    })}`
}
