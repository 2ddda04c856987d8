import { ALERT_THRESHOLDS, type BillingCustomer } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAlertStage } from '../../fixtures/alert-stage.ts'

const ALL = { thresholds: [...ALERT_THRESHOLDS] }
const IMAGES = 'image_generations'
const TOKENS = 'ai_tokens'

let stage: Awaited<ReturnType<typeof openAlertStage>>
beforeAll(async () => {
  stage = await openAlertStage()
})
afterAll(() => stage.drop())

describe('alerts', () => {
  it('are raised once per threshold and period, by four processes over three periods', async () => {
    const customer = await stage.customer(ALL)
    const processes = Array.from({ length: 4 }, () => stage.raiser())
    for (let period = 0; period < 3; period += 1) {
      for (const amount of [2500, 1500, 750, 250]) {
        await stage.use(customer, TOKENS, amount)
        await Promise.all(processes.map((process) => process.raiseOnce()))
      }
      await stage.renew()
    }
    expect(await stage.thresholds(customer)).toEqual(
      Array.from({ length: 3 }, () => ALERT_THRESHOLDS).flat(),
    )
  })

  it('say what was used of what was granted, and when it renews', async () => {
    const customer = await stage.customer(ALL)
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    const { alerts, unread } = await stage.service.list(readerOf(customer))
    expect(alerts).toEqual([
      {
        id: expect.stringMatching(/^alrt_/),
        meter: IMAGES,
        threshold: 80,
        used: 8,
        granted: 10,
        resetsAt: expect.stringMatching(/Z$/),
        raisedAt: expect.stringMatching(/Z$/),
        isRead: false,
      },
    ])
    expect(unread).toBe(1)
  })

  it('are not repeated when credits are bought and used up again within the period', async () => {
    const customer = await stage.customer(ALL)
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    stage.backend.grant(customer.customerId, IMAGES, 10)
    await stage.metering.sync(customer)
    await stage.raiser().raiseOnce()
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    expect(await stage.thresholds(customer)).toEqual([80])
    await stage.use(customer, IMAGES, 4)
    await stage.raiser().raiseOnce()
    expect(await stage.thresholds(customer)).toEqual([80, 100])
  })

  it('announce the highest of several thresholds that are reached at once, and no lower one later', async () => {
    const customer = await stage.customer(ALL)
    await stage.use(customer, IMAGES, 10)
    await stage.raiser().raiseOnce()
    stage.backend.grant(customer.customerId, IMAGES, 10)
    await stage.metering.sync(customer)
    await stage.use(customer, IMAGES, 8)
    await stage.raiser().raiseOnce()
    expect(await stage.thresholds(customer)).toEqual([100])
  })

  it('survive a process that dies after it recorded them, and are not repeated by the next', async () => {
    const customer = await stage.customer(ALL)
    await stage.use(customer, IMAGES, 5)
    const dies = () => Promise.reject(new Error('it died'))
    await expect(stage.raiser({ acknowledge: dies }).raiseOnce()).rejects.toThrow('it died')
    expect(await stage.raiser().raiseOnce()).toBe(0)
    await stage.expireClaims()
    expect(await stage.raiser().raiseOnce()).toBe(1)
    expect(await stage.thresholds(customer)).toEqual([50])
  })

  it('are raised for what the customer wants, and for nothing else', async () => {
    const some = await stage.customer({ thresholds: [95] })
    const none = await stage.customer({ thresholds: [] })
    for (const customer of [some, none]) {
      await stage.use(customer, IMAGES, 9)
      await stage.raiser().raiseOnce()
      await stage.use(customer, IMAGES, 1)
      await stage.raiser().raiseOnce()
    }
    expect(await stage.thresholds(some)).toEqual([95])
    expect(await stage.thresholds(none)).toEqual([])
  })

  it('are not raised for a meter without a limit', async () => {
    const customer = await stage.customer(ALL)
    stage.backend.setFeatures(customer.customerId, ['unlimited_api_calls'])
    await stage.use(customer, 'api_calls', 100)
    await stage.raiser().raiseOnce()
    expect(await stage.thresholds(customer)).toEqual([])
  })

  it('are read and dismissed by their own customer alone', async () => {
    const customer = await stage.customer(ALL)
    const other = await stage.customer(ALL)
    const reader = readerOf(customer)
    await stage.use(customer, IMAGES, 5)
    await stage.raiser().raiseOnce()
    const [alert] = (await stage.service.list(reader)).alerts
    const id = alert?.id ?? ''
    await stage.service.markRead(readerOf(other), [id])
    await stage.service.dismiss(other.customerId, id)
    expect(await stage.service.list(reader)).toMatchObject({ unread: 1 })
    await stage.service.markRead(reader, [id])
    expect(await stage.service.list(reader)).toMatchObject({
      alerts: [{ id, isRead: true }],
      unread: 0,
    })
    await stage.service.dismiss(customer.customerId, id)
    expect(await stage.service.list(reader)).toEqual({ alerts: [], unread: 0 })
  })

  it('of an organization are read by each of its members for itself', async () => {
    const customer = await stage.customer(ALL)
    const [ada, bob] = [await stage.customer(ALL), await stage.customer(ALL)].map((member) => ({
      customerId: customer.customerId,
      memberId: String(member.customerId),
    }))
    if (!ada || !bob) throw new Error('There are two members.')
    await stage.use(customer, IMAGES, 5)
    await stage.raiser().raiseOnce()
    const ids = (await stage.service.list(ada)).alerts.map(({ id }) => id)
    await stage.service.markRead(ada, ids)
    await stage.service.markRead(ada, ids)
    expect(await stage.service.list(ada)).toMatchObject({ alerts: [{ isRead: true }], unread: 0 })
    expect(await stage.service.list(bob)).toMatchObject({ alerts: [{ isRead: false }], unread: 1 })
    await stage.service.dismiss(customer.customerId, ids[0] ?? '')
    expect(await stage.service.list(bob)).toEqual({ alerts: [], unread: 0 })
  })
})

function readerOf({ customerId }: BillingCustomer) {
  return { customerId, memberId: null }
}

it('keeps the prompts that a customer closed, the newest 200', async () => {
  const { customerId } = await stage.customer(ALL)
  for (let count = 0; count < 203; count += 1) {
    await stage.service.dismissPrompt(customerId, `critical:${IMAGES}:${count}`)
  }
  await stage.service.dismissPrompt(customerId, `critical:${IMAGES}:202`)
  const kept = await stage.service.dismissedPrompts(customerId)
  expect(kept).toHaveLength(200)
  expect(kept[0]).toBe(`critical:${IMAGES}:202`)
})
