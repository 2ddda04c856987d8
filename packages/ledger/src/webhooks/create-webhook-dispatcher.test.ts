import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { createWebhookDispatcher } from './create-webhook-dispatcher.ts'

const CUSTOMERS = 40

let backend: TestBackend
let received: number
let receiver: Awaited<ReturnType<typeof startReceiver>>

beforeEach(async () => {
  received = 0
  receiver = await startReceiver()
  backend = await openTestBackend()
  await backend.request('POST', '/webhooks', { webhook: { url: receiver.url } })
})
afterEach(async () => {
  await backend.close()
  receiver.close()
})

it('delivers everything due in one round, however many batches it takes', async () => {
  for (let customer = 0; customer < CUSTOMERS; customer++) await backend.customer()
  const dispatcher = createWebhookDispatcher(backend.ledger, new AbortController().signal)
  await dispatcher.dispatchDue()
  await dispatcher.idle()
  expect(received).toBe(2 * CUSTOMERS)
})

async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received += 1
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/hook`, close: () => server.close() }
}
