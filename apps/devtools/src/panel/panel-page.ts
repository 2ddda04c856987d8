import { readFileSync } from 'node:fs'
import { renderMark } from '@tollgate/brand'
import { html, raw } from 'hono/html'
import { pageFrame } from './page-frame.ts'

const MARK = renderMark({
  ground: 'var(--accent)',
  drawing: 'var(--on-accent)',
  attributes: 'class="mark" aria-hidden="true"',
})
const SCRIPT = readFileSync(new URL('page/panel.js', import.meta.url), 'utf8')

/** The panel's main page, filled in by its script. */
export function panelPage({ nonce, links }: { nonce: string; links: readonly PanelLink[] }) {
  return pageFrame({
    nonce,
    title: 'Dev panel',
    body: html`
      <header>
        ${raw(MARK)}
        <h1>Dev panel</h1>
        <nav aria-label="Elsewhere">
          ${links.map(({ name, url }) => html`<a href="${url}">${name}</a>`)}
        </nav>
        <label
          >Call as
          <select id="persona"></select
        ></label>
      </header>
      <main>
        <nav id="procedures" aria-label="Procedures" tabindex="0"></nav>
        <div>
          <form id="call">
            <div>
              <h2 id="path">Procedures</h2>
              <p id="cost" class="muted"></p>
            </div>
            <label for="input">Input</label>
            <textarea id="input" rows="6" spellcheck="false"></textarea>
            <details>
              <summary>Schema of the input</summary>
              <pre id="schema" tabindex="0" aria-label="Schema"></pre>
            </details>
            <button id="send" disabled>Call</button>
            <p id="live" class="muted" hidden>
              A subscription has no end; the Studio shows its events.
            </p>
          </form>
          <section id="outcome" aria-label="Outcome" hidden>
            <p id="status" role="status"></p>
            <p id="explained" hidden></p>
            <table id="spans" hidden>
              <caption>
                Spans
              </caption>
              <thead>
                <tr>
                  <th scope="col" class="number">No.</th>
                  <th scope="col">Span</th>
                  <th scope="col" class="number">Time</th>
                  <th scope="col" class="way">When</th>
                </tr>
              </thead>
              <tbody id="trace"></tbody>
            </table>
            <img id="picture" alt="The picture of the answer" hidden />
            <pre id="answer" tabindex="0" aria-label="Answer" hidden></pre>
          </section>
        </div>
      </main>
      <script type="module" nonce="${nonce}">
        ${raw(SCRIPT)}
      </script>
    `,
  })
}

/** A link to another page of the panel. */
export type PanelLink = { name: string; url: string }
