import { html, raw } from 'hono/html'

/** The panel's only page; its script fills it in. */
export function panelPage(nonce: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Tollgate · dev panel</title>
        <style nonce="${nonce}">
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>Dev panel</h1>
          <label
            >Call as
            <select id="persona"></select
          ></label>
        </header>
        <main>
          <nav aria-label="Procedures"><ul id="procedures"></ul></nav>
          <form id="call">
            <h2 id="path">Choose a procedure</h2>
            <p id="cost"></p>
            <label for="input">Input</label>
            <textarea id="input" rows="8" spellcheck="false"></textarea>
            <details>
              <summary>Schema</summary>
              <pre id="schema"></pre>
            </details>
            <button disabled>Call</button>
            <p id="status" role="status"></p>
            <table>
              <caption>
                Stations
              </caption>
              <tbody id="trace"></tbody>
            </table>
            <pre id="answer" tabindex="0" aria-label="Answer"></pre>
          </form>
        </main>
        <script type="module" nonce="${nonce}">
          ${raw(SCRIPT)}
        </script>
      </body>
    </html>`
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 ui-sans-serif, system-ui, sans-serif; accent-color: light-dark(#00684d, #4fd8a8) }
body { margin: 0; background: light-dark(#f8faf9, #101513); color: light-dark(#14201b, #eef2f0) }
header, main { display: flex; gap: 2rem; padding: 1rem 1.5rem; align-items: center }
main { align-items: start; flex-wrap: wrap }
h1 { font-size: 1.1rem; margin: 0 auto 0 0 } h2 { font-size: 1.1rem; margin: 0 }
ul { list-style: none; margin: 0; padding: 0; min-width: 17rem }
li button { all: unset; display: block; width: 100%; padding: .35rem .6rem; border-radius: .4rem; cursor: pointer; box-sizing: border-box }
li button:hover, li button[aria-current] { background: light-dark(#e3eee9, #1d2a25) }
li button:focus-visible { outline: 2px solid light-dark(#00684d, #4fd8a8) }
small, #cost { color: light-dark(#52605a, #a4b1ab); display: block; margin: 0 }
form { flex: 1; min-width: 20rem; display: grid; gap: .6rem }
textarea, pre { font: 13px/1.5 ui-monospace, monospace; width: 100%; box-sizing: border-box; margin: 0 }
pre { overflow: auto; max-height: 24rem; white-space: pre-wrap; word-break: break-all }
form > button { justify-self: start; padding: .4rem 1.2rem }
table { border-collapse: collapse } caption { text-align: left; font-weight: 600 }
td { padding: .05rem .8rem .05rem 0; font-variant-numeric: tabular-nums } td:nth-child(2) { text-align: right }
meter { width: 16rem; height: .7rem }
`

const SCRIPT = `
const at = (id) => document.getElementById(id)
let chosen = null
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text })
const { procedures, personas } = await (await fetch('/dev/procedures')).json()
at('persona').append(...personas.map((name) => element('option', name)))
at('procedures').append(...procedures.map((procedure) => {
  const item = document.createElement('li')
  const button = Object.assign(element('button', procedure.path), { type: 'button' })
  button.append(element('small', procedure.cost))
  button.onclick = () => choose(procedure, button)
  item.append(button)
  return item
}))
function choose(procedure, button) {
  chosen = procedure
  document.querySelector('[aria-current]')?.removeAttribute('aria-current')
  button.setAttribute('aria-current', 'true')
  at('path').textContent = procedure.path
  at('cost').textContent = procedure.cost
  at('input').value = JSON.stringify(procedure.example, null, 2)
  at('schema').textContent = JSON.stringify(procedure.schema, null, 2)
  at('call').querySelector('button').disabled = procedure.type === 'subscription'
  for (const id of ['answer', 'status', 'trace']) at(id).textContent = ''
}
at('call').onsubmit = async (event) => {
  event.preventDefault()
  at('status').textContent = 'Calling …'
  at('trace').textContent = ''
  try {
    const body = JSON.stringify({ path: chosen.path, persona: at('persona').value, input: JSON.parse(at('input').value) })
    const response = await fetch('/dev/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const answer = await response.json()
    at('status').textContent = answer.error ?? answer.status + ' in ' + answer.milliseconds.toFixed(0) + ' ms' + (answer.receipt ? ' · ' + answer.receipt : '')
    at('answer').textContent = JSON.stringify(answer.body, null, 2)
    if (answer.receipt) await showTrace(answer.key, 40)
  } catch (error) { at('status').textContent = String(error) }
}
async function showTrace(key, tries) {
  const seen = await (await fetch('/dev/traces/' + key)).json()
  const trace = seen?.trace ?? []
  const longest = Math.max(...trace.map(({ milliseconds }) => milliseconds), 1)
  at('trace').replaceChildren(...trace.map(({ station, milliseconds }) => {
    const row = document.createElement('tr')
    const bar = document.createElement('td')
    bar.append(Object.assign(document.createElement('meter'), { max: longest, value: milliseconds }))
    row.append(element('td', station), element('td', milliseconds.toFixed(2) + ' ms'), bar)
    return row
  }))
  if (!seen?.ended && tries > 0) setTimeout(() => showTrace(key, tries - 1), 100)
}
`
