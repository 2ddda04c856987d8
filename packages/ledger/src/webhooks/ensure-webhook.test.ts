import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { ensureWebhook } from './ensure-webhook.ts'
import { newWebhookSecret } from './new-webhook-secret.ts'
import { readWebhooks, updateWebhook } from './webhook-endpoints.ts'

const URL = 'http://127.0.0.1:3000/hook'

let backend: TestBackend
let organizationId: string
let secret: string
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  organizationId = (await backend.tenant(`tenant ${Math.random()}`)).organizationId
  secret = newWebhookSecret()
})

const ensure = (receiver: { url: string; secret: string }) =>
  ensureWebhook(backend.ledger, { organizationId, ...receiver })
const addresses = async () => {
  const webhooks = await readWebhooks(backend.ledger, organizationId)
  return webhooks.map(({ url }) => url)
}

it('adds the receiver once, however often and by however many processes it is registered', async () => {
  await Promise.all([ensure({ url: URL, secret }), ensure({ url: URL, secret })])
  await ensure({ url: URL, secret })
  expect(await addresses()).toEqual([URL])
})

it('follows a receiver that moved to another URL', async () => {
  await ensure({ url: URL, secret })
  await ensure({ url: 'http://127.0.0.1:4000/hook', secret })
  expect(await addresses()).toEqual(['http://127.0.0.1:4000/hook'])
})

it('uses the new secret of a receiver that lost its old one', async () => {
  await ensure({ url: URL, secret: newWebhookSecret() })
  await ensure({ url: URL, secret })
  const rows = await backend.database.query({
    text: 'select url, secret from webhook_endpoint where organization_id = $1',
    values: [organizationId],
  })
  expect(rows).toEqual([{ url: URL, secret }])
})

it('leaves an inactive receiver inactive, and others alone', async () => {
  await ensure({ url: 'http://127.0.0.1:5000/other', secret: newWebhookSecret() })
  backend.time.now += 1
  await ensure({ url: URL, secret })
  const [, own] = await readWebhooks(backend.ledger, organizationId)
  await updateWebhook(backend.ledger, { organizationId, webhookId: own?.id ?? '', active: false })
  await ensure({ url: URL, secret })
  const webhooks = await readWebhooks(backend.ledger, organizationId)
  expect(webhooks.map(({ url, active }) => [url, active])).toEqual([
    ['http://127.0.0.1:5000/other', true],
    [URL, false],
  ])
})
