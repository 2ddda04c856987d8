import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BillingBackend, BillingBackendError } from '@tollgate/contract'
import { type Database, openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openFlowglad } from '../src/flowglad.server.ts'
import { customerOf, type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { type SentWebhook, signedWebhook } from '../fixtures/signed-webhook.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** An event is retried after five seconds. */
const PATIENTLY = { timeout: 60_000, interval: 50 }

let server: Awaited<ReturnType<typeof startTestServer>>
let secret: string
let guest: Guest
let database: Database
let externalId: string
/** Counts the reads of the guest at the backend. */
let readings = 0
/** The backend waits for this before it responds. */
let held: Promise<void> = Promise.resolve()
let failures = 0
let ids = 0

beforeAll(async () => {
  server = await startTestServer({}, { openBackend })
  secret = readFileSync(join(server.config.dataDirectory, 'webhook-secret'), 'utf8').trim()
  guest = await signInAsGuest(server.url)
  externalId = await customerOf(server.url, guest)
  await guest.read('billing.balance')
  database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 1 })
  const billing = openDatabase({ url: server.config.billingDatabaseUrl ?? '', maxConnections: 1 })
  // Waits for the backend's own webhooks about the new customer, so that they are not counted.
  const unsent = `select event_id from webhook_delivery where status = 'pending'`
  await vi.waitUntil(async () => (await billing.query({ text: unsent })).length === 0, PATIENTLY)
  await billing.close()
  await untilHandled()
})
afterAll(async () => {
  await database.close()
  await server.close()
})

const sign = (how: Partial<Parameters<typeof signedWebhook>[0]> = {}) =>
  signedWebhook({ id: `evt_${++ids}`, externalId, secret, ...how })
const send = ({ headers, body }: SentWebhook) =>
  fetch(`${server.url}/api/webhooks/flowglad`, { method: 'POST', headers, body })
const without = ({ headers, body }: SentWebhook, name: string): SentWebhook => ({
  headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
  body,
})

/** How often an action causes the guest to be read at the backend, once the inbox has handled its events. */
async function readingsAfter(act: () => Promise<unknown>): Promise<number> {
  const before = readings
  await act()
  await untilHandled()
  return readings - before
}

/** Waits until the inbox has no event due, now or later. */
async function untilHandled(): Promise<void> {
  const text = 'select id from flowglad_event where due_at is not null'
  await vi.waitUntil(async () => (await database.query({ text })).length === 0, PATIENTLY)
}

describe('a webhook', { timeout: 90_000 }, () => {
  it('has its customer read from the backend', async () => {
    const effect = await readingsAfter(async () => expect((await send(sign())).status).toBe(200))
    expect(effect).toBe(1)
  })

  it('that comes again is answered and has no effect', async () => {
    const webhook = sign()
    await readingsAfter(() => send(webhook))
    const effect = await readingsAfter(async () => {
      // A sender's retry has the same id and a new signature; an eavesdropper's replay has the same bytes.
      const again = sign({ id: webhook.headers['svix-id'] ?? '' })
      const answers = [await send(webhook), await send(again), await send(webhook)]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    })
    expect(effect).toBe(0)
  })

  it('that comes fifty times at once is acted upon once', async () => {
    const webhook = sign()
    const deliveries = () => Promise.all(Array.from({ length: 50 }, () => send(webhook)))
    const effect = await readingsAfter(deliveries)
    expect(effect).toBe(1)
  })

  it('is answered at once, however slow the backend is', async () => {
    let answer = () => {}
    held = new Promise((resolve) => (answer = resolve))
    const effect = await readingsAfter(async () => {
      expect((await send(sign())).status).toBe(200)
      answer()
    })
    expect(effect).toBe(1)
  })

  it('that comes while the backend is away is acted upon once it is back', async () => {
    failures = 2
    const effect = await readingsAfter(async () => expect((await send(sign())).status).toBe(200))
    expect(effect).toBe(3)
  })

  it('for an unknown customer is answered and has no effect', async () => {
    const effect = await readingsAfter(async () => {
      expect((await send(sign({ externalId: 'cus_of_another_shop' }))).status).toBe(200)
      expect((await send(sign({ externalId: 'not/ours' }))).status).toBe(200)
    })
    expect(effect).toBe(0)
  })
})

describe('a request that is no webhook of our backend', () => {
  const foreign = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
  const attacks: [string, () => SentWebhook, number][] = [
    ['no id', () => without(sign(), 'svix-id'), 401],
    ['no moment', () => without(sign(), 'svix-timestamp'), 401],
    ['no signature', () => without(sign(), 'svix-signature'), 401],
    ['another secret', () => sign({ secret: foreign }), 401],
    ['one byte more', () => ({ ...sign(), body: `${sign().body} ` }), 401],
    ['one byte different', () => ({ ...sign(), body: sign().body.replace('sub_1', 'sub_2') }), 401],
    ['another id over the same signature', () => relabelled(sign()), 401],
    ['older than five minutes', () => sign({ ageSeconds: 301 }), 401],
    ['more than a minute ahead', () => sign({ ageSeconds: -90 }), 401],
    ['no JSON', () => ({ ...sign(), body: '{"id":' }), 400],
    ['too long an id', () => sign({ id: 'e'.repeat(300) }), 400],
    ['larger than any event', () => sign({ externalId: 'x'.repeat(70_000) }), 413],
    ['larger than any request', () => sign({ externalId: 'x'.repeat(1_100_000) }), 413],
  ]

  it('is refused without details and has no effect', async () => {
    const answers: [string, number][] = []
    const effect = await readingsAfter(async () => {
      for (const [what, make] of attacks) {
        // The server closes the connections of bodies it refuses to read, so they cannot be reused.
        const { headers, body } = make()
        const answer = await send({ headers: { ...headers, connection: 'close' }, body })
        answers.push([what, answer.status])
        expect(await answer.text()).not.toMatch(/whsec|node_modules|\.ts:/)
      }
    })
    expect(answers).toEqual(attacks.map(([what, , status]) => [what, status]))
    expect(effect).toBe(0)
  })

  it('does not exist for other methods', async () => {
    expect((await fetch(`${server.url}/api/webhooks/flowglad`)).status).toBe(404)
  })
})

function relabelled({ headers, body }: SentWebhook): SentWebhook {
  return { headers: { ...headers, 'svix-id': `evt_${++ids}` }, body }
}

/** Opens the backend and counts how often the guest is read. */
function openBackend(options: Parameters<typeof openFlowglad>[0]): BillingBackend {
  const backend = openFlowglad(options)
  return {
    ...backend,
    async readCustomer(customer, call) {
      if (customer.customerId === externalId) readings += 1
      await held
      if (failures > 0) {
        failures -= 1
        throw new BillingBackendError('unreachable', 'The backend is away.')
      }
      return backend.readCustomer(customer, call)
    },
  }
}
