import { once } from 'node:events'
import { createServer } from 'node:http'
import { verifyWebhook } from '@flowglad/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

type Received = { headers: Record<string, string>; body: string }

let backend: Backend
let received: Received[]
let answer: number
let receiver: Awaited<ReturnType<typeof startReceiver>>

beforeEach(async () => {
  received = []
  answer = 200
  receiver = await startReceiver()
  backend = await startBackend()
})
afterEach(async () => {
  await backend.close()
  receiver.close()
})

async function startReceiver() {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      received.push({ headers, body })
      response.writeHead(answer).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/hook`, close: () => server.close() }
}

async function api<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${backend.url}/api/v1${path}`, {
    method,
    headers: { authorization: backend.apiKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return JSON.parse(await response.text())
}

const listen = () =>
  api<{ secret: string }>('POST', '/webhooks', { webhook: { url: receiver.url } })
/** How many different events have arrived; each may arrive more than once. */
const arrived = () => new Set(received.map(idOf)).size
const settled = (howMany: number) => expect.poll(arrived).toBe(howMany)
const idOf = ({ headers }: Received) => headers['svix-id']

it('delivers events signed so that the SDK’s verifyWebhook accepts them', async () => {
  const { secret } = await listen()
  const customer = backend.as()
  await customer.flowglad.findOrCreateCustomer()
  await settled(2)
  const events = new Map(received.map((event) => [idOf(event), event]))
  const bodies = [...events.values()].map(({ body, headers }) =>
    verifyWebhook(body, headers, secret),
  )
  expect(
    bodies.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  ).toMatchObject([
    { object: 'customer', customer: { externalId: customer.externalId } },
    { object: 'subscription', customer: { externalId: customer.externalId } },
  ])
})

it('fails verifyWebhook once a single byte differs', async () => {
  const { secret } = await listen()
  await backend.as().flowglad.findOrCreateCustomer()
  await settled(2)
  const [first] = received
  expect(() => verifyWebhook(`${first?.body} `, first?.headers ?? {}, secret)).toThrow(/signature/i)
})

it('retries a failed delivery and replays it under the same id on request', async () => {
  await listen()
  answer = 500
  await backend.as().flowglad.findOrCreateCustomer()
  await settled(2)
  const { data } = await api<{ data: { eventId: string; status: string; lastStatus: number }[] }>(
    'GET',
    '/webhooks/deliveries',
  )
  expect(data).toMatchObject([{ status: 'pending' }, { status: 'pending' }])

  answer = 200
  const [event] = data
  await api('POST', `/webhooks/deliveries/${event?.eventId}/replay`, {})
  // Counts the attempts of this event only, because the other may be retried in the meantime.
  const attempts = () => received.filter((attempt) => idOf(attempt) === event?.eventId)
  await expect.poll(() => attempts().length).toBeGreaterThan(1)
  await expect
    .poll(async () => {
      const { data: after } = await api<{ data: { eventId: string; status: string }[] }>(
        'GET',
        '/webhooks/deliveries',
      )
      return after.find(({ eventId }) => eventId === event?.eventId)?.status
    })
    .toBe('delivered')
})

it('delivers to a responsive receiver while another one hangs', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await api('POST', '/webhooks', { webhook: { url: `http://127.0.0.1:${port}/hook` } })
  await listen()
  const customers = Array.from({ length: 8 }, () => backend.as())
  await Promise.all(customers.map(({ flowglad }) => flowglad.findOrCreateCustomer()))
  await expect.poll(arrived).toBe(2 * customers.length)
  silent.closeAllConnections()
  silent.close()
})

it('delivers twice when duplicate deliveries are injected', async () => {
  await listen()
  await api('POST', '/dev/faults', { duplicateDeliveries: true })
  await backend.as().flowglad.findOrCreateCustomer()
  await settled(2)
  const arrivals = () => {
    const ids = [...new Set(received.map(idOf))]
    return ids.map((id) => received.filter((event) => idOf(event) === id).length)
  }
  await expect.poll(() => Math.min(...arrivals())).toBeGreaterThan(1)
})
