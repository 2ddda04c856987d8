import type { BillingCustomer } from '@tollgate/contract'
import { newCustomer } from '@tollgate/metering/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAlertStage } from '../../fixtures/alert-stage.ts'
import { startSmtpServer } from '../../fixtures/start-smtp-server.ts'
import { startWebhookReceiver } from '../../fixtures/start-webhook-receiver.ts'

const IMAGES = 'image_generations'

let smtp: Awaited<ReturnType<typeof startSmtpServer>>
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let stage: Awaited<ReturnType<typeof openAlertStage>>
beforeAll(async () => {
  smtp = await startSmtpServer()
  receiver = await startWebhookReceiver()
  stage = await openAlertStage({ smtpUrl: smtp.url })
})
afterAll(async () => {
  await stage.drop()
  await Promise.all([smtp.stop(), receiver.stop()])
})

const mailsOf = ({ customerId }: BillingCustomer) =>
  smtp.mails.filter(({ to }) => to.includes(`${customerId}@example.com`))
const webhooksOf = ({ customerId }: BillingCustomer) =>
  receiver.received.filter(({ path }) => path === `/${customerId}`)

async function receiveWebhooks(customer: BillingCustomer): Promise<string> {
  const { customerId } = customer
  await stage.service.setPreferences(customerId, { webhookUrl: `${receiver.url}/${customerId}` })
  const { webhookSecret } = await stage.service.preferences(customerId)
  receiver.expect(`/${customerId}`, webhookSecret ?? '')
  return webhookSecret ?? ''
}

/** An organization whose billing address is its owner's. */
async function team(owner: BillingCustomer): Promise<BillingCustomer> {
  const customer = newCustomer()
  await stage.database.query({
    text: `insert into auth_organization (id, name, slug, "createdAt", "customerId", "billingEmail")
           values ($1, 'Acme', $1, now(), $1, $2 || '@example.com')`,
    values: [customer.customerId, owner.customerId],
  })
  await stage.service.setPreferences(customer.customerId, { thresholds: [80] })
  return customer
}

async function idOf(customer: BillingCustomer): Promise<string> {
  const { alerts } = await stage.service.list({ customerId: customer.customerId, memberId: null })
  return alerts[0]?.id ?? ''
}

describe('an alert', () => {
  it('is sent by e-mail and by a signed webhook, once each, by four processes at the same time', async () => {
    const customer = await stage.customer({ thresholds: [80] })
    await receiveWebhooks(customer)
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    await Promise.all(Array.from({ length: 4 }, () => stage.deliverer().deliverOnce()))
    await stage.expireDeliveries()
    await stage.deliverer().deliverOnce()
    const id = await idOf(customer)
    const [mail, ...moreMails] = mailsOf(customer)
    expect(moreMails).toEqual([])
    expect(mail?.messageId).toBe(`<${id}@studio.example>`)
    expect(mail?.source).toContain('Subject: You have used 80% of your images')
    const [webhook, ...moreWebhooks] = webhooksOf(customer)
    expect(moreWebhooks).toEqual([])
    expect(webhook).toMatchObject({
      id,
      payload: {
        type: 'alert.raised',
        data: { id, subject: 'customer', meter: IMAGES, threshold: 80, used: 8, granted: 10 },
      },
    })
  })

  it('is not sent to an address that was not verified, and is sent to the billing address of an organization that was', async () => {
    const customer = await stage.customer({ thresholds: [80] }, { isVerified: false })
    const member = await stage.customer({ thresholds: [] })
    const teams = [await team(customer), await team(member)]
    for (const one of [customer, ...teams]) await stage.use(one, IMAGES, 8)
    await stage.raiser().raiseOnce()
    await stage.deliverer().deliverOnce()
    await stage.expireDeliveries()
    expect(await stage.deliverer().deliverOnce()).toBe(0)
    expect(mailsOf(customer)).toEqual([])
    expect(mailsOf(member)).toHaveLength(1)
    const known = [customer, member, ...teams].map(({ customerId }) => customerId)
    expect(await Promise.all(known.map(stage.service.isEmailVerified))).toEqual([
      false,
      true,
      false,
      true,
    ])
  })

  it('is sent in the language of its customer', async () => {
    const customer = await stage.customer({ thresholds: [80], language: 'de' })
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    await stage.deliverer().deliverOnce()
    expect(mailsOf(customer)[0]?.source).toMatch(/Sie haben 8 von 10 Bilder/)
  })

  it('is sent again under the same id when the receiver refused it, and not after it took it', async () => {
    const customer = await stage.customer({ thresholds: [50], email: false })
    await receiveWebhooks(customer)
    await stage.use(customer, IMAGES, 5)
    await stage.raiser().raiseOnce()
    receiver.answer(500, 302)
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await stage.deliverer().deliverOnce()
      await stage.expireDeliveries()
    }
    expect(webhooksOf(customer).map(({ id }) => id)).toEqual([await idOf(customer)])
    expect(mailsOf(customer)).toEqual([])
  })

  it('is not sent any more to a receiver that is gone', async () => {
    const customer = await stage.customer({ thresholds: [50], email: false })
    await receiveWebhooks(customer)
    await stage.use(customer, IMAGES, 5)
    await stage.raiser().raiseOnce()
    receiver.answer(410)
    await stage.deliverer().deliverOnce()
    await stage.expireDeliveries()
    expect(await stage.deliverer().deliverOnce()).toBe(0)
  })

  it('is not posted to this machine or its network, unless in development', async () => {
    const customer = await stage.customer({ thresholds: [50], email: false })
    await receiveWebhooks(customer)
    await stage.use(customer, IMAGES, 5)
    await stage.raiser().raiseOnce()
    await stage.deliverer({ isDevelopment: false }).deliverOnce()
    expect(webhooksOf(customer)).toEqual([])
    await stage.expireDeliveries()
    await stage.deliverer().deliverOnce()
    expect(webhooksOf(customer)).toHaveLength(1)
    expect(receiver.forged()).toBe(0)
  })
})

it('gives another receiver another secret, and keeps it when other preferences change', async () => {
  const { customerId } = await stage.customer({})
  const secretAt = async (webhookUrl: string | null) => {
    await stage.service.setPreferences(customerId, { webhookUrl })
    return (await stage.service.preferences(customerId)).webhookSecret
  }
  const first = await secretAt('https://one.example/hook')
  expect(first).toMatch(/^whsec_/)
  await stage.service.setPreferences(customerId, { thresholds: [50] })
  expect(await secretAt('https://one.example/hook')).toBe(first)
  expect(await secretAt('https://other.example/hook')).not.toBe(first)
  expect(await secretAt(null)).toBeNull()
})
