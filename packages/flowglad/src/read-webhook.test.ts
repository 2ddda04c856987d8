import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readWebhook } from './read-webhook.ts'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const OTHER_SECRET = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
const now = () => Math.floor(Date.now() / 1000)
const event = JSON.stringify({
  id: 'sub_1',
  object: 'subscription',
  customer: { id: 'cust_1', externalId: 'cus_1' },
  pricingModelId: 'pm_1',
})

describe('readWebhook', () => {
  // Signed and read in the same second, however slow the machine is.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('reads the event id and the customer whose balance is stale', () => {
    expect(read(event)).toEqual({ id: 'evt_1', customerId: 'cus_1' })
  })

  it.each([
    ['without a customer', { id: 'p_1', object: 'payment' }],
    ['of a customer without an id of ours', { customer: { id: 'cust_1', externalId: '' } }],
    ['of a customer another shop of the account has', { customer: { externalId: 'shop/7' } }],
  ])('names no customer for an event %s', (_, body) => {
    expect(read(JSON.stringify(body))).toEqual({ id: 'evt_1', customerId: null })
  })

  it.each([300, -60])('accepts a signature that is %i seconds old', (ageSeconds) => {
    const headers = sign(event, { timestamp: now() - ageSeconds })
    expect(readWebhook({ body: event, headers, secret: SECRET })).toMatchObject({ id: 'evt_1' })
  })

  it('accepts a recorded signature', () => {
    vi.setSystemTime(1_614_265_330_000)
    const headers = new Headers({
      'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxEek',
      'svix-timestamp': '1614265330',
      'svix-signature': 'v1,xm3N4+aKmqpsHqf2GrAK/g6ew7J0s6ILlNe44yY/l78=',
    })
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    expect(readWebhook({ body: '{"test": 2432232314}', headers, secret })).toEqual({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxEek',
      customerId: null,
    })
  })

  it('accepts a second signature, as there are two while a secret is changed', () => {
    const headers = sign(event)
    const old = sign(event, { secret: OTHER_SECRET }).get('svix-signature')
    headers.set('svix-signature', `${old} ${headers.get('svix-signature')}`)
    expect(readWebhook({ body: event, headers, secret: SECRET })).toMatchObject({ id: 'evt_1' })
  })

  it.each([
    ['another secret', () => sign(event, { secret: OTHER_SECRET })],
    ['another body', () => sign(`${event} `)],
    ['a moment too long ago', () => sign(event, { timestamp: now() - 301 })],
    ['a moment ahead of us', () => sign(event, { timestamp: now() + 61 })],
    ['no moment at all', () => sign(event, { timestamp: 'yesterday' })],
    ['nothing', () => new Headers({ 'svix-id': 'evt_1', 'svix-timestamp': String(now()) })],
    ['another version', () => edited('v1,', 'v2,')],
    ['a signature cut short', () => edited(/.{4}$/, '')],
  ])('refuses what is signed with %s', (_, headers) => {
    expect(() => readWebhook({ body: event, headers: headers(), secret: SECRET })).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_UNVERIFIED' }),
    )
  })

  it.each([
    ['not JSON', '{"id":'],
    ['no object', '[]'],
    ['another kind of customer', '{"customer":"cus_1"}'],
  ])('refuses what is signed and %s', (_, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'WEBHOOK_MALFORMED' }))
  })

  it('refuses a webhook whose event id is too long to be stored', () => {
    const headers = sign(event, { id: 'e'.repeat(300) })
    expect(() => readWebhook({ body: event, headers, secret: SECRET })).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_MALFORMED' }),
    )
  })
})

function read(body: string) {
  return readWebhook({ body, headers: sign(body), secret: SECRET })
}

function sign(
  body: string,
  { id = 'evt_1', timestamp = now(), secret = SECRET }: Partial<Signed> = {},
): Headers {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return new Headers({
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${signature}`,
  })
}

type Signed = { id: string; timestamp: number | string; secret: string }

function edited(what: string | RegExp, into: string): Headers {
  const headers = sign(event)
  headers.set('svix-signature', headers.get('svix-signature')?.replace(what, into) ?? '')
  return headers
}
