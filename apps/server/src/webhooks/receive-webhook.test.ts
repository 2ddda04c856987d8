import { silentLogger } from '@tollgate/contract'
import { expect, it } from 'vitest'
import { signedWebhook } from '../../fixtures/signed-webhook.ts'
import { receiveWebhook, WEBHOOK_PATH } from './receive-webhook.ts'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

it('asks for a webhook again that could not be recorded', async () => {
  const inbox = { record: () => Promise.reject(new Error('the database is away')) }
  const app = receiveWebhook({ secret: SECRET, inbox, logger: silentLogger })
  const { headers, body } = signedWebhook({ id: 'evt_1', externalId: 'cus_1', secret: SECRET })
  const answer = await app.request(WEBHOOK_PATH, { method: 'POST', headers, body })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
})
