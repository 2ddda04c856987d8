import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from '../fixtures/begin-run.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import { kindOf } from '../fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { acceptRecorded } from './accept-recorded.ts'
import { inspectOperation } from './inspect-operation.ts'
import { releaseHold } from './release-hold.ts'
import { listOperatorChanges } from './list-operator-changes.ts'
import { listQuarantined } from './list-quarantined.ts'
import { listRunning } from './list-running.ts'
import { quarantineEvent } from './quarantine-event.ts'
import { readFigures } from './read-figures.ts'
import { replayQuarantined } from './replay-quarantined.ts'

const AUTHOR = { operator: 'grace@example.com', via: 'view', reason: 'the meter is back' } as const

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { refusalsMax: 1 } })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('an operator', () => {
  it('releases a stuck hold, and its process can no longer charge', async () => {
    const customer = newCustomer()
    const { operation, settle } = await beginRun(fixture.metering, imageCall(customer))
    expect(await releaseHold(fixture.database, operation.operationId, AUTHOR)).toBe('released')
    expect(await releaseHold(fixture.database, operation.operationId, AUTHOR)).toBe('voided')
    expect(await kindOf(settle('too late'))).toBe('hold_expired')
    const found = await inspectOperation(fixture.database, operation.operationId)
    expect(found).toMatchObject({ state: 'voided', holds: [{ state: 'released' }] })
  })

  it('sends a quarantined event again, and it counts once', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    fixture.backend.faults = { event: () => 'refuse' }
    await fixture.metering.drain()
    fixture.backend.faults = {}
    expect(await replayQuarantined(fixture.database, AUTHOR)).toBe(1)
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(9)
  })

  it('quarantines an event that the backend never acknowledges, after which its customer can be read again', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    fixture.backend.faults = { event: () => 'lose-answer' }
    await fixture.metering.drain()
    expect(await kindOf(fixture.metering.sync(customer))).toBe('billing_unavailable')
    const [event] = [...fixture.backend.events.values()].filter(
      ({ customerId }) => customerId === customer.customerId,
    )
    expect(await quarantineEvent(fixture.database, event?.transactionId ?? '', AUTHOR)).toBe(true)
    fixture.backend.grant(customer.customerId, 'image_generations', 5)
    const images = async () =>
      (await fixture.metering.sync(customer)).find(({ meter }) => meter === 'image_generations')
    expect(await images()).toMatchObject({ granted: 15, remaining: 13 })
    fixture.backend.faults = {}
    expect(await replayQuarantined(fixture.database, AUTHOR, event?.transactionId)).toBe(1)
    await fixture.metering.drain()
    expect(await images()).toMatchObject({ granted: 15, used: 1, remaining: 14 })
  })

  it('finds nothing where there is nothing', async () => {
    expect(await inspectOperation(fixture.database, 'no such thing')).toBeNull()
    expect(await releaseHold(fixture.database, 'no such thing', AUTHOR)).toBe('unknown')
    expect(await quarantineEvent(fixture.database, 'no such thing', AUTHOR)).toBe(false)
  })
})

describe('what an operator changes', () => {
  it('is recorded with its author, the reason, and the state before and after, newest first and a page at a time', async () => {
    const customer = newCustomer()
    const { operation } = await beginRun(fixture.metering, imageCall(customer))
    await releaseHold(fixture.database, operation.operationId, AUTHOR)
    const { transactionId } = await quarantineOne(customer)
    expect(await quarantinedOf(customer)).toMatchObject([{ transactionId, amount: 1 }])
    await replayQuarantined(fixture.database, AUTHOR, transactionId)
    expect(await quarantinedOf(customer)).toEqual([])

    const page = { limit: 1, customerId: customer.customerId }
    const newest = await listOperatorChanges(fixture.database, page)
    expect(newest.items).toMatchObject([
      {
        ...AUTHOR,
        action: 'replay',
        customerId: customer.customerId,
        transactionId,
        before: { state: 'quarantined' },
        after: { state: 'pending' },
      },
    ])
    const cursor = newest.nextCursor ?? ''
    const older = await listOperatorChanges(fixture.database, { ...page, cursor })
    expect(older.items).toMatchObject([
      {
        action: 'release',
        operationId: operation.operationId,
        before: { state: 'executing' },
        after: { state: 'voided' },
      },
    ])
    expect(older.nextCursor).toBeNull()
  })

  it('is not recorded when nothing was changed', async () => {
    const before = await countChanges()
    await releaseHold(fixture.database, crypto.randomUUID(), AUTHOR)
    await quarantineEvent(fixture.database, 'no such thing', AUTHOR)
    await acceptRecorded(fixture.database, { transactionId: 'no such thing', amount: 1 }, AUTHOR)
    expect(await countChanges()).toBe(before)
  })

  it('is not made when it cannot be recorded', async () => {
    const { operation } = await beginRun(fixture.metering, imageCall(newCustomer()))
    const silent = { ...AUTHOR, reason: ' ' }
    await expect(
      releaseHold(fixture.database, operation.operationId, silent),
    ).rejects.toMatchObject({ constraint: 'operator_change_reason_check' })
    const found = await inspectOperation(fixture.database, operation.operationId)
    expect(found).toMatchObject({ state: 'executing' })
  })

  it.each([
    ['update', `update metering.operator_change set reason = 'another reason'`],
    ['delete', 'delete from metering.operator_change'],
    ['truncate', 'truncate metering.operator_change'],
  ])('stays as it was recorded: %s is refused, even to the owner of the table', async (_, text) => {
    await expect(fixture.database.query({ text })).rejects.toMatchObject({
      constraint: 'operator_change_append_only',
    })
  })
})

describe('the figures', () => {
  it('add up what was used per procedure, what was released, and what was granted', async () => {
    const customer = newCustomer()
    const span = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 60_000) }
    const images = async () =>
      (await readFigures(fixture.database, span)).used.filter(
        ({ procedure }) => procedure === 'images.generate',
      )
    const [before] = await images()
    await fixture.metering.run(imageCall(customer), async () => 1)
    const { operation } = await beginRun(fixture.metering, imageCall(customer))
    await releaseHold(fixture.database, operation.operationId, AUTHOR)
    const [after] = await images()
    expect(after).toMatchObject({
      credits: { image_generations: (before?.credits['image_generations'] ?? 0) + 1 },
      charged: (before?.charged ?? 0) + 1,
      released: (before?.released ?? 0) + 1,
    })
    const granted = (await readFigures(fixture.database, span)).granted
    expect(granted).toContainEqual(expect.objectContaining({ meter: 'image_generations' }))
    const past = { from: new Date(0), until: new Date(1000) }
    expect(await readFigures(fixture.database, past)).toEqual({ used: [], granted: [] })
  })

  it('list what has been running for long, the longest first', async () => {
    const { operation } = await beginRun(fixture.metering, imageCall(newCustomer()))
    const now = new Date(Date.now() + 60_000)
    const running = await listRunning(fixture.database, { startedBefore: now, limit: 100 })
    const [oldest] = running
    expect(running.at(-1)?.operationId).toBe(operation.operationId)
    const long = { startedBefore: new Date(oldest?.startedAt ?? 0), limit: 100 }
    expect(await listRunning(fixture.database, long)).toEqual([])
  })
})

/** Charges a customer once and quarantines the event. */
async function quarantineOne(customer: ReturnType<typeof newCustomer>) {
  await fixture.metering.run(imageCall(customer), async () => 1)
  fixture.backend.faults = { event: () => 'refuse' }
  await fixture.metering.drain()
  fixture.backend.faults = {}
  const [event] = await quarantinedOf(customer)
  if (!event) throw new Error('Its event is quarantined.')
  return event
}

async function quarantinedOf({ customerId }: ReturnType<typeof newCustomer>) {
  const { items } = await listQuarantined(fixture.database, { limit: 100 })
  return items.filter((event) => event.customerId === customerId)
}

async function countChanges(): Promise<number> {
  return (await listOperatorChanges(fixture.database, { limit: 100 })).items.length
}
