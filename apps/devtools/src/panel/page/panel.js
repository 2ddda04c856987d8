// The dev panel's script, which the page inlines without a build.
const LONG_TEXT = 400
const POLL_MS = 100
const POLLS_MAX = 100

const at = (id) => document.getElementById(id)
const element = (name, textContent, more) =>
  Object.assign(document.createElement(name), { textContent, ...more })

let chosen = null
const { procedures, personas } = await (await fetch('/dev/procedures')).json()
at('persona').append(
  ...personas.map(({ name, shows }) => element('option', `${name}: ${shows}`, { value: name })),
)
listGroup('Costs credits', ({ billed }) => billed)
listGroup('Free', ({ billed, type }) => !billed && type === 'mutation')
listGroup('Reads', ({ billed, type }) => !billed && type !== 'mutation')
at('procedures').querySelector('button')?.click()

function listGroup(title, belongs) {
  const list = document.createElement('ul')
  for (const procedure of procedures.filter(belongs)) {
    const item = document.createElement('li')
    const button = element('button', procedure.path, { type: 'button' })
    button.append(element('small', procedure.cost))
    button.addEventListener('click', () => choose(procedure, button))
    item.append(button)
    list.append(item)
  }
  if (list.children.length > 0) at('procedures').append(element('h2', title), list)
}

function choose(procedure, button) {
  chosen = procedure
  document.querySelector('[aria-current]')?.removeAttribute('aria-current')
  button.setAttribute('aria-current', 'true')
  at('path').textContent = procedure.path
  at('cost').textContent = procedure.cost
  at('input').value = JSON.stringify(procedure.example, null, 2)
  at('schema').textContent = procedure.schema
    ? JSON.stringify(procedure.schema, null, 2)
    : 'It takes no input.'
  const live = procedure.type === 'subscription'
  at('send').disabled = live
  at('live').hidden = !live
  at('outcome').hidden = true
}

at('call').addEventListener('submit', (event) => {
  event.preventDefault()
  report('Calling …')
  for (const id of ['explained', 'picture', 'spans', 'answer']) at(id).hidden = true
  at('outcome').hidden = false
  call(chosen.path)
    .then(show)
    .catch((error) => {
      const isInput = error instanceof SyntaxError
      report(isInput ? `The input is not JSON: ${error.message}` : String(error), true)
    })
})

async function call(path) {
  const input = JSON.parse(at('input').value)
  const persona = at('persona').value
  const response = await fetch('/dev/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, persona, input }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return { persona, ...answer }
}

async function show({ persona, traceId, status, charged, milliseconds, explained, body }) {
  const cost = charged.map(({ meter, amount }) => `${amount} × ${meter}`).join(', ')
  report(
    `${status} in ${milliseconds.toFixed(0)} ms · ${cost ? `charged ${cost}` : 'nothing charged'}`,
    status >= 400,
  )
  at('explained').hidden = !explained
  if (explained) at('explained').textContent = `${explained.text} (Guide: ${explained.docs})`
  const [, operation] = /^\/api\/results\/([\w-]+)$/.exec(body?.result?.data?.url) ?? []
  at('picture').hidden = !operation
  if (operation) at('picture').src = `/dev/files/${encodeURIComponent(persona)}/${operation}`
  at('answer').textContent = JSON.stringify(body, shorten, 2)
  at('answer').hidden = false
  await showTrace(traceId, charged.length > 0 ? POLLS_MAX : 0)
}

function report(text, refused = false) {
  at('status').textContent = text
  at('status').classList.toggle('refused', refused)
}

function shorten(_key, value) {
  if (typeof value !== 'string' || value.length <= LONG_TEXT) return value
  return `${value.slice(0, LONG_TEXT)} … (${value.length} characters)`
}

// The last two spans end after the response.
async function showTrace(traceId, polls) {
  const { spans, delivered } = await (await fetch(`/dev/traces/${traceId}`)).json()
  const whole = Math.max(...spans.map(({ from, milliseconds }) => from + milliseconds), 1)
  at('spans').hidden = spans.length === 0
  at('trace').replaceChildren(...spans.map((span) => row(span, whole)))
  if (!delivered && polls > 0) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    await showTrace(traceId, polls - 1)
  }
}

function row({ number, span, from, milliseconds }, whole) {
  const line = document.createElement('tr')
  const way = element('td', '', { className: 'way' })
  const bar = element('div', '', { className: 'bar' })
  bar.style.marginLeft = `${(100 * from) / whole}%`
  bar.style.width = `${(100 * milliseconds) / whole}%`
  way.append(bar)
  line.append(
    element('td', number, { className: 'number' }),
    element('th', span, { scope: 'row' }),
    element('td', `${milliseconds.toFixed(2)} ms`, { className: 'number' }),
    way,
  )
  return line
}
