import { html } from 'hono/html'
import type { Violation } from '../../verify-books.ts'
import type { Html } from '../page-layout.ts'
import { figure, table, tag } from './page-parts.ts'

/** The laws of the books, and the result of checking them. */
export function booksPage(violations: Violation[] | null): Html {
  return html`<h1>Books</h1>
    <section class="card" aria-labelledby="laws">
      <h2 id="laws">Check the laws of the books</h2>
      <p class="soft">
        Reads every entry of every organisation: balances against entries, grants against what was
        taken from them, usage events against charges.
      </p>
      <form method="get" action="/console/books">
        <p><button class="primary" name="check" value="now">Check now</button></p>
      </form>
      ${violations && (violations.length === 0 ? intact() : broken(violations))}
    </section>`
}

function intact(): Html {
  return html`<p role="status">${tag('intact', 'good')} Every law holds.</p>`
}

function broken(violations: Violation[]): Html {
  return html`<p role="alert">${tag('broken', 'bad')} Some laws do not hold.</p>
    ${table({
      label: 'Broken laws',
      columns: [
        { text: 'It must hold that', kind: 'name' },
        { text: 'Broken by rows', kind: 'number' },
        { text: 'One of them', kind: 'id' },
      ],
      rows: violations.map(({ law, broken: rows, example }) => [
        law,
        figure(rows),
        html`<code>${JSON.stringify(example)}</code>`,
      ]),
      empty: '',
    })}`
}
