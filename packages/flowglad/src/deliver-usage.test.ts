import { credits, customerId, transactionId, type UsageDelivery } from '@tollgate/contract'
import { afterEach, expect, it, vi } from 'vitest'
import type { FlowgladPolicy } from './policy.ts'
import { hang, status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

afterEach(() => {
  vi.useRealTimers()
})

const start = (policy: Partial<FlowgladPolicy> = {}) => openBackend({ policy })

function delivery(id: string, fields: Partial<UsageDelivery> = {}): UsageDelivery {
  return {
    transactionId: transactionId(id),
    customerId: customerId('user_ada'),
    subscriptionId: 'sub_1',
    meter: 'image_generations',
    amount: credits(3),
    occurredAt: Date.UTC(2026, 10, 16),
    operationId: `op_${id}`,
    ...fields,
  }
}

const recorded = { outcome: 'recorded', subscriptionId: 'sub_1', meter: 'image_generations' }

it('sends many usage events in one bulk request and names the meter of each', async () => {
  await using test = await start()
  const receipts = await test.backend.deliverUsage([delivery('a'), delivery('b')])
  expect(receipts).toEqual([
    { transactionId: 'a', amount: 3, ...recorded },
    { transactionId: 'b', amount: 3, ...recorded },
  ])
  expect(test.flowglad.asked()).toEqual(['POST /usage-events/bulk', 'GET /pricing-models/default'])
  expect(test.flowglad.requests[0]?.body).toMatchObject({
    usageEvents: [
      {
        transactionId: 'a',
        subscriptionId: 'sub_1',
        usageMeterSlug: 'image_generations',
        amount: 3,
        usageDate: Date.UTC(2026, 10, 16),
        properties: { operationId: 'op_a' },
      },
      { transactionId: 'b' },
    ],
  })
})

it('sends singly the usage events that a bulk request did not echo, and returns what was stored', async () => {
  await using test = await start()
  await test.backend.deliverUsage([delivery('a', { amount: credits(1) })])
  const receipts = await test.backend.deliverUsage([
    delivery('a', { amount: credits(500) }),
    delivery('b'),
    delivery('c'),
  ])
  expect(receipts).toEqual([
    { transactionId: 'a', amount: 1, ...recorded },
    { transactionId: 'b', amount: 3, ...recorded },
    { transactionId: 'c', amount: 3, ...recorded },
  ])
  expect(test.flowglad.hosted.events).toHaveLength(3)
  expect(test.flowglad.asked().slice(-2)).toEqual(['POST /usage-events/bulk', 'POST /usage-events'])
})

it('keeps usage events of one transaction id on different meters apart', async () => {
  await using test = await start()
  await test.backend.readOffers()
  const receipts = await test.backend.deliverUsage([
    delivery('a', { meter: 'ai_tokens', amount: credits(70) }),
    delivery('a', { meter: 'image_generations', amount: credits(1) }),
  ])
  expect(receipts).toMatchObject([
    { meter: 'ai_tokens', amount: 70 },
    { meter: 'image_generations', amount: 1 },
  ])
})

it('stores one event and gives two receipts for the same transaction id twice in one batch', async () => {
  await using test = await start()
  const receipts = await test.backend.deliverUsage([delivery('a'), delivery('a')])
  expect(receipts.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded'])
  expect(test.flowglad.hosted.events).toHaveLength(1)
})

it('fails only the bad usage event when it fails a bulk request', async () => {
  await using test = await start()
  test.flowglad.break((response, request) => {
    const bad = JSON.stringify(request.body ?? '').includes('"bad"')
    return (
      bad && status(404, { error: 'unknown subscription', code: 'NOT_FOUND' })(response, request)
    )
  })
  const receipts = await test.backend.deliverUsage([delivery('a'), delivery('bad'), delivery('c')])
  expect(receipts).toMatchObject([
    { transactionId: 'a', outcome: 'recorded' },
    { transactionId: 'bad', outcome: 'refused' },
    { transactionId: 'c', outcome: 'recorded' },
  ])
})

it('delivers other usage beside that of an archived customer, whose usage is kept', async () => {
  await using test = await start()
  test.flowglad.break((response, request) => {
    const isArchived = JSON.stringify(request.body ?? '').includes('sub_archived')
    return (
      isArchived &&
      status(500, { error: 'archived', code: 'INTERNAL_SERVER_ERROR' })(response, request)
    )
  })
  const gone = delivery('gone', { subscriptionId: 'sub_archived' })
  expect(await test.backend.deliverUsage([delivery('a'), gone, delivery('c')])).toMatchObject([
    { transactionId: 'a', outcome: 'recorded' },
    { transactionId: 'gone', outcome: 'unavailable' },
    { transactionId: 'c', outcome: 'recorded' },
  ])
})

it('does not open the circuit for refusals that Flowglad sends as 500, however often', async () => {
  await using test = await start()
  test.flowglad.break(status(500, { error: 'Conflict', code: 'INTERNAL_SERVER_ERROR' }))
  for (let round = 0; round < 8; round += 1) {
    expect(await test.backend.deliverUsage([delivery('a')])).toMatchObject([
      { outcome: 'unavailable' },
    ])
  }
  test.flowglad.restore()
  expect(await test.backend.deliverUsage([delivery('b')])).toMatchObject([{ outcome: 'recorded' }])
})

it.each([
  { code: 400, body: { error: 'no', code: 'BAD_REQUEST' }, outcome: 'refused' },
  { code: 409, body: { error: 'taken', code: 'CONFLICT' }, outcome: 'refused' },
  { code: 401, body: 'Invalid key', outcome: 'unauthorized' },
  { code: 403, body: { error: 'no', code: 'FORBIDDEN' }, outcome: 'unauthorized' },
  { code: 503, body: 'upstream', outcome: 'unavailable' },
  { code: 404, body: '<html>404 Not Found</html>', outcome: 'unavailable' },
  {
    code: 400,
    body: 'Bad Request: plain HTTP request sent to an HTTPS port',
    outcome: 'unavailable',
  },
])('reads $code with the body $body as $outcome', async ({ code, body, outcome }) => {
  await using test = await start()
  test.flowglad.break(status(code, body))
  expect(await test.backend.deliverUsage([delivery('a')])).toMatchObject([{ outcome }])
  expect(await test.backend.deliverUsage([delivery('a'), delivery('b')])).toMatchObject([
    { outcome },
    { outcome },
  ])
})

it('passes on Retry-After and sends no further usage events until then', async () => {
  await using test = await start()
  test.flowglad.break(status(429, { error: 'slow down', code: 'x' }, { 'retry-after': '7' }))
  expect(await test.backend.deliverUsage([delivery('a'), delivery('b')])).toMatchObject([
    { outcome: 'unavailable', retryAfterMs: 7000 },
    { outcome: 'unavailable', retryAfterMs: 7000 },
  ])
  expect(test.flowglad.requests).toHaveLength(1)
})

it('gives up on a silent Flowglad at the deadline and finds the delivered event later', async () => {
  // Only the request whose answer is lost waits, however long a busy machine takes for the others.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await using test = await start({ deadlineMs: 1500 })
  let lost = 0
  test.flowglad.break((response, request) => {
    if (request.path !== '/usage-events' || lost > 0) return false
    lost += 1
    // Accepted, then the answer is lost: the worst case for billing.
    test.flowglad.hosted.answer(request)
    vi.advanceTimersByTime(1500)
    return hang(response, request)
  })
  expect(await test.backend.deliverUsage([delivery('a')])).toMatchObject([
    { outcome: 'unavailable' },
  ])
  expect(await test.backend.deliverUsage([delivery('a')])).toMatchObject([{ outcome: 'recorded' }])
  expect(test.flowglad.hosted.events).toHaveLength(1)
})

it('splits usage that is too much for one bulk request', async () => {
  await using test = await start({ bulkMax: 2 })
  const receipts = await test.backend.deliverUsage(['a', 'b', 'c'].map((id) => delivery(id)))
  expect(receipts.map((receipt) => receipt.transactionId)).toEqual(['a', 'b', 'c'])
  expect(test.flowglad.asked().filter((line) => line.startsWith('POST'))).toEqual([
    'POST /usage-events/bulk',
    'POST /usage-events',
  ])
})
