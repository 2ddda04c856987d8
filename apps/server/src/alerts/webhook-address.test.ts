import { expect, it } from 'vitest'
import { postWebhook } from './post-webhook.ts'
import { webhookAddressProblem } from './webhook-address.ts'

const outside = { isDevelopment: false }
const message = { headers: {}, body: '{}' }

it.each([
  ['not a url', /is no URL/],
  ['http://hooks.example/alerts', /not reached by https/],
  ['ftp://hooks.example/alerts', /not reached by https/],
  ['https://user:secret@hooks.example/', /user name or a password/],
  ['https://localhost/', /not public/],
  ['https://billing.internal./', /not public/],
  ['https://127.0.0.1/', /not public/],
  ['https://0x7f000001/', /not public/],
  ['https://[::1]/', /not public/],
  ['https://[::ffff:10.0.0.1]/', /not public/],
  ['https://169.254.169.254/latest/meta-data/', /not public/],
])('%s receives no webhooks', async (address, problem) => {
  expect(webhookAddressProblem(address, outside)).toMatch(problem)
  await expect(postWebhook(address, message, outside)).rejects.toThrow(problem)
})

it('a public address by https receives webhooks, and in development one by http', () => {
  expect(webhookAddressProblem('https://hooks.example/alerts', outside)).toBeNull()
  expect(webhookAddressProblem('http://127.0.0.1:8080/', { isDevelopment: true })).toBeNull()
})
